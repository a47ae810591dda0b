import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Prints what veraPDF finds wrong with files under PDF/UA-1 and PDF/A-3a; nothing where all is right. */
public class Check {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour flavour : new PDFAFlavour[] {PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_3_A}) {
                check(file, flavour);
            }
        }
    }

    private static void check(String file, PDFAFlavour flavour) throws Exception {
        ValidationProfile profile =
            Profiles.getVeraProfileDirectory().getValidationProfileByFlavour(flavour);
        try (FileInputStream content = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(content, flavour);
                PDFAValidator validator =
                    Foundries.defaultInstance().createValidator(profile, 10, true, false, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() == TestAssertion.Status.FAILED) {
                    System.out.println(file + " " + flavour + " " + one.getRuleId() + " " + one.getMessage());
                }
            }
        }
    }
}

"""Files to upload, made as other programs make them, and files made to do harm."""

import io
import zipfile

import docx
import pikepdf
import xlsxwriter
from PIL import Image

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def a_pdf(**entries) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, value in entries.items():
            pdf.Root[f"/{name}"] = value
        pdf.save(written)
    return written.getvalue()


def a_program() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def a_pdf_with_attachment() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["notes.txt"] = b"hidden"
        pdf.save(written)
    return written.getvalue()


def a_locked_pdf() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(written, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return written.getvalue()


def a_word_file() -> bytes:
    written = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("What the exercise showed.")
    document.save(written)
    return written.getvalue()


def a_workbook() -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet().write(0, 0, "units")
    return written.getvalue()


def a_picture(form: str, size=(40, 20), **options) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, form, **options)
    return written.getvalue()


def a_photograph_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CanaryCamera"
    exif[0x0112] = 6  # turned by a quarter
    return a_picture("JPEG", exif=exif)


def an_archive(**members: str) -> bytes:
    """A package of Office's with other members."""
    return packed(
        {
            "[Content_Types].xml": f'<Types><Override ContentType="{WORD_TYPE}"/></Types>',
            "word/document.xml": "<document/>",
        }
        | members
    )


def packed(members: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def a_bomb() -> bytes:
    """Little that unpacks to more than may be unpacked."""
    return an_archive(**{"word/media/image1.bin": b"\0" * (201 * 2**20)})


def fetching_template() -> bytes:
    relation = (
        '<Relationships><Relationship Id="r1" TargetMode="External" Target="https://x.example/t" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        "/></Relationships>"
    )
    return an_archive(**{"word/_rels/settings.xml.rels": relation})


def noise(length: int) -> bytes:
    return bytes(number * number * 151 % 251 for number in range(1, length + 1))

"""The last step of the PDF: what WeasyPrint 70 leaves undone for PDF/UA-1 and PDF/A-3a.

Section numbers are of ISO 14289-1 (PDF/UA-1) and ISO 32000-1 (PDF 1.7).
"""

import base64
import io
import re
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

_MARKED = re.compile(rb"/\w+\s*<</MCID (\d+)>>\s*BDC")
_ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"
# A cell without words still holds its place in the row.
_MAY_BE_EMPTY = {Name.TD, Name.TH}

# PDF/A-3 wants every property declared that its own standard does not name, and so
# the one that claims PDF/UA (ISO 19005-3, 6.6.2.3).
_CLAIM_OF_UA = b"""<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_NO_CHARACTER, _ZERO_WIDTH_SPACE = b" <>\n", b" <200b>\n"
_LINE_ENDS = (b"\r", b"\n")
_END_OF_XMP = b"</rdf:RDF>"


def finish(tagged: bytes) -> bytes:
    """The PDF that passes both standards, from the one WeasyPrint made as pdf/a-3a."""
    with Pdf.open(io.BytesIO(tagged)) as pdf:
        tree = pdf.Root.StructTreeRoot
        in_tree: dict[tuple[int, int], set[int]] = {}
        for top in tree.K:
            _tidy(top, in_tree, is_column=False)
        _set_margins_aside(pdf, tree, in_tree)
        _give_every_glyph_a_character(pdf)
        _claim_ua(pdf)
        _end_streams_plainly(pdf)
        finished = io.BytesIO()
        pdf.save(
            finished,
            deterministic_id=True,
            fix_metadata_version=False,
            # Every stream as it was packed here, and none that the library adds.
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        return finished.getvalue()


def _tidy(element: Dictionary, in_tree: dict, *, is_column: bool) -> bool:
    """Tidy an element and what it holds; false when nothing is left of it.

    Collects in `in_tree` the numbers of the marked content on each page.
    """
    tag = element.S
    is_column = is_column or tag == Name.THead
    kept, page = [], None
    for kid in element.get("/K", ()):
        if isinstance(kid, int):
            page = page or element.Pg.objgen
            in_tree.setdefault(page, set()).add(kid)
        elif kid.get("/Type") == Name.StructElem and not _tidy(kid, in_tree, is_column=is_column):
            continue
        kept.append(kid)
    if len(kept) != len(element.get("/K", ())):
        # A list that goes on overleaf leaves items with nothing in them (7.6).
        element.K = Array(kept)
    if tag in _MAY_BE_EMPTY:
        _name_headers(element, is_column=is_column)
        return True
    return bool(kept)


def _name_headers(cell: Dictionary, *, is_column: bool) -> None:
    """Say what a header cell is the header of (7.5).

    The scope takes the place of WeasyPrint's identifiers, which it gives twice to
    a table that goes on overleaf and does not list as ISO 32000-1, 14.7.2 demands.
    """
    if cell.S == Name.TH:
        cell.A.Scope = Name.Column if is_column else Name.Row
        del cell.ID
    elif "/Headers" in cell.A:
        del cell.A["/Headers"]


def _set_margins_aside(pdf: Pdf, tree: Dictionary, in_tree: dict) -> None:
    """Make what stands in the margins of a page an artifact, not read aloud (7.8)."""
    parents = dict(_pairs(tree.ParentTree.Nums))
    for page in pdf.pages:
        read_aloud = in_tree.get(page.objgen, set())
        content = page.Contents.read_bytes()
        content = zlib.compress(_without_margins(content, read_aloud))
        page.Contents.write(content, filter=Name.FlateDecode)
        owners = parents[page.StructParents]
        for number in range(len(owners)):
            if number not in read_aloud:
                owners[number] = None


def _without_margins(content: bytes, read_aloud: set[int]) -> bytes:
    return _MARKED.sub(lambda mark: mark[0] if int(mark[1]) in read_aloud else _ARTIFACT, content)


def _pairs(numbers: Array) -> Iterator[tuple[int, pikepdf.Object]]:
    flat = iter(numbers)
    return zip(map(int, flat), flat, strict=True)


def _give_every_glyph_a_character(pdf: Pdf) -> None:
    """Say of a glyph without a character, such as the circle under a lone accent, "nothing seen".

    ISO 19005-3, 6.2.11.7.2, wants a character of every glyph; WeasyPrint writes none where
    several glyphs are drawn for one character.
    """
    for font in pdf.pages[0].Resources.get("/Font", {}).values():
        characters = font.ToUnicode.read_bytes()
        if _NO_CHARACTER in characters:
            characters = characters.replace(_NO_CHARACTER, _ZERO_WIDTH_SPACE)
            font.ToUnicode.write(zlib.compress(characters), filter=Name.FlateDecode)


def _claim_ua(pdf: Pdf) -> None:
    """Add the claim of PDF/UA-1 (5) to the metadata, left readable without decoding."""
    xmp = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(xmp.replace(_END_OF_XMP, _CLAIM_OF_UA + _END_OF_XMP))


def _end_streams_plainly(pdf: Pdf) -> None:
    """Pack in ASCII what would end in a line end, as one compressed stream in 128 does.

    A reader could take that byte for the line end before "endstream", and the
    stated length for wrong (ISO 19005-3, 6.1.7.1).
    """
    for stream in pdf.objects:
        if isinstance(stream, pikepdf.Stream) and stream.get("/Filter") == Name.FlateDecode:
            packed = stream.read_raw_bytes()
            if packed.endswith(_LINE_ENDS):
                in_ascii = base64.a85encode(packed) + b"~>"
                stream.write(in_ascii, filter=[Name.ASCII85Decode, Name.FlateDecode])

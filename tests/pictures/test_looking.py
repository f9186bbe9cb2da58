"""Hostile and ordinary files; the child's own function is called where no limit of the process is at stake."""

import io
import struct
import subprocess
import sys
import zlib

import pillow_heif
import pypdfium2
import pytest
from make import make_picture
from PIL import Image, PngImagePlugin

from odr_desk import cli
from odr_desk.pictures import child, decoding, looking, pdf_files
from odr_desk.rules.errors import UnsafeFile
from odr_desk.rules.evidence import LARGEST_FILE, MOST_PAGES, MOST_PIXELS, BoxDraft, FileKind


class Stopped(Exception):
    """Somebody pressed cancel."""


def png_claiming(width, height):
    """Return a PNG of hundred bytes that says it is enormous."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def jpeg_claiming(width, height):
    """Return a small JPEG whose frame header says it is enormous."""
    content = bytearray(make_picture(size=(16, 16)))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def pdf(pages=1, size=(200, 300)):
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(*size).close()
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def camera(**tags):
    exif = Image.Exif()
    exif[0x010F] = "Sample Camera"
    exif[0x0112] = tags.get("turned", 1)
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.fixture
def file(tmp_path):
    def write(content, name="a.bin"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def ask(do, path, **more):
    return child.refusing({"do": do, "path": str(path), "name": path.name, **more})


def examined(path):
    facts, thumbnail = ask("examine", path)
    assert "refused" not in facts, facts
    return facts, Image.open(io.BytesIO(thumbnail))


def refusal(path):
    facts, content = ask("examine", path)
    assert content == b""
    return facts["refused"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空文件"),
        (png_claiming(90_000, 90_000), "有 90,000×90,000 点，超过 4,000 万点"),
        (png_claiming(40_001, 1_000), "超过 4,000 万点"),
        (png_claiming(3_000, 3_000), "图片不完整或已损坏"),
        (jpeg_claiming(65_000, 65_000), "有 65,000×65,000 点"),
        (make_picture()[:-300], "图片不完整或已损坏"),
        (make_picture(kind="PNG")[:60], "图片不完整或已损坏"),
        (b"\xff\xd8\xff" + bytes(5_000), "图片不完整或已损坏"),
        (b"%PDF-1.7 nothing more", "PDF 不完整或已损坏"),
        (pdf(MOST_PAGES + 1), f"有 {MOST_PAGES + 1} 页，超过 {MOST_PAGES} 页"),
        (b"\0\0\0\x18ftypmp42" + bytes(16), "是视频"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif" + bytes(16), "别的手机格式"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "图片不完整或已损坏"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP 图片"),
        (b"GIF89a" + bytes(20), "GIF 动图"),
        (b"PK\x03\x04" + bytes(20), "Office 文件或压缩包"),
        (b"MZ" + bytes(20), "程序"),
        (b"<html>not a picture</html>", "不是图片也不是 PDF"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_helps(file, content, words):
    said = refusal(file(content, "发来的.jpg"))
    assert words in said and said.startswith("“发来的.jpg”") and "，没有放进材料；" in said


def test_ten_thousand_pages_are_counted_not_opened(file):
    assert "有 10,000 页" in refusal(file(pdf(10_000)))


def test_a_locked_pdf_says_so(file):
    from reportlab.pdfgen.canvas import Canvas

    path = file(b"")
    canvas = Canvas(str(path), encrypt="secret")
    canvas.drawString(10, 10, "x")
    canvas.save()
    assert "设了打开密码" in refusal(path)


@pytest.mark.parametrize(
    ("kind", "content", "size"),
    [
        ("jpeg", make_picture(), (64, 48)),
        ("png", make_picture(kind="PNG"), (64, 48)),
        ("jpeg", make_picture(exif=camera(turned=6)), (48, 64)),
        ("pdf", b"mail header\r\n" + pdf(3), (200, 300)),
    ],
)
def test_files_are_told_by_content_not_by_name(file, kind, content, size):
    facts, thumbnail = examined(file(content, "作业.exe"))
    assert (facts["kind"], facts["width"], facts["height"]) == (kind, *size)
    assert facts["pages"] == (3 if kind == "pdf" else 1)
    assert max(thumbnail.size) <= child.THUMBNAIL


def test_heic_of_a_telephone_is_shown_and_shared_as_jpeg(file):
    heif = pillow_heif.from_pillow(Image.new("RGB", (400, 300), "red"))
    path = file(b"", "IMG_0001.HEIC")
    heif.save(path, quality=80, exif=camera().tobytes())
    facts, thumbnail = examined(path)
    assert (facts["kind"], facts["width"], facts["height"]) == (FileKind.HEIC.value, 400, 300)
    assert thumbnail.getpixel((9, 9))[0] > 230
    with Image.open(io.BytesIO(ask("share", path)[1])) as copy:
        assert (copy.format, copy.size, dict(copy.getexif())) == ("JPEG", (400, 300), {})


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_points_is_shown(file, mode):
    image = Image.new("RGB", (20, 10), "white")
    image = Image.new("I;16", (20, 10), 65_535) if mode == "I;16" else image.convert("L").convert(mode)
    target = io.BytesIO()
    image.save(target, "PNG")
    _facts, thumbnail = examined(file(target.getvalue()))
    assert min(thumbnail.convert("RGB").getpixel((5, 5))) > 250


def test_sixteen_bits_of_grey_with_a_point_that_is_see_through_stay_visible(file):
    target = io.BytesIO()
    Image.new("I;16", (20, 10), 0x4000).save(target, "PNG", transparency=0)
    _facts, rgb = ask("show", file(target.getvalue()), page=1, side=100)
    assert rgb[:3] == b"\x40\x40\x40"


def test_what_is_see_through_lies_on_white(file):
    target = io.BytesIO()
    Image.new("RGBA", (20, 10), (255, 0, 0, 0)).save(target, "PNG")
    facts, rgb = ask("show", file(target.getvalue()), page=1, side=100)
    assert (facts["width"], facts["height"], rgb[:3]) == (20, 10, b"\xff\xff\xff")


def test_a_shared_copy_is_upright_and_carries_nothing_but_pixels(file):
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "某人")
    for content in (
        make_picture(exif=camera(turned=6), comment=b"secret"),
        make_picture(kind="PNG", pnginfo=text, exif=camera()),
    ):
        copy = Image.open(io.BytesIO(ask("share", file(content))[1]))
        assert not copy.getexif()
        assert not {"exif", "comment", "Author", "xmp"} & set(copy.info)
    assert Image.open(io.BytesIO(ask("share", file(make_picture(exif=camera(turned=6))))[1])).size == (48, 64)


def test_a_shared_pdf_loses_author_and_camera_and_keeps_its_pages(file):
    photo = make_picture(exif=camera())
    assert b"Sample Camera" in photo
    made = pdf_files.put_together([((200, 300), photo), ((200, 300), photo)])
    assert b"Sample Camera" in made
    shared = ask("share", file(made))[1]
    assert b"Sample Camera" not in shared
    facts, _thumbnail = examined(file(shared))
    assert facts["pages"] == 2
    facts, rgb = ask("show", file(shared), page=2, side=90)
    assert rgb[len(rgb) // 2 :][:3] != b"\xff\xff\xff"


def form(path, photo=None):
    """Write a PDF with a form that was filled in and, where it is given, a photo."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(200, 300))
    canvas.acroForm.textfield(value="320", x=0, y=200, width=200, height=100, fillColor=None, borderWidth=0)
    if photo is not None:
        canvas.drawImage(ImageReader(io.BytesIO(photo)), 10, 10, 60, 40)
    canvas.showPage()
    canvas.save()


def test_what_was_filled_into_a_pdf_is_seen_and_copied(file):
    path = file(b"")
    form(path)
    for do, more in (("show", {"page": 1, "side": 300}), ("black_out", {"boxes": [(1, 0, 9_000, 10_000, 1_000)]})):
        made = ask(do, path, **more)[1]
        rgb = made if do == "show" else ask("show", file(made, "copy"), page=1, side=300)[1]
        assert min(rgb[: 200 * 3 * 100]) < 100


def test_camera_data_that_are_packed_in_a_pdf_do_not_leave(file):
    photo = make_picture(exif=camera(), comment="某地".encode())
    path = file(b"")
    form(path, photo)  # reportlab packs a JPEG once more, as letters
    with pdf_files.opened(path, "a") as document:
        [packed] = document[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        assert b"Sample Camera" in bytes(packed.get_data(decode_simple=True))
    shared = ask("share", path)[1]
    for image in pypdfium2.PdfDocument(shared)[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
        found = bytes(image.get_data(decode_simple=True))
        assert b"Sample Camera" not in found
        assert "某地".encode() not in found


def raw_pdf(*parts):
    """Return a PDF of these objects, the first of which is the catalog."""
    content, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, start=1):
        places.append(b"%010d 00000 n \n" % len(content))
        content += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + b"".join(places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(content))
    return content + table + end


@pytest.mark.parametrize("opening", [b"", b"/AA<</O<</S/JavaScript/JS(open)>>>>"])
def test_scripts_and_notes_of_a_pdf_do_not_leave(file, opening):
    path = file(
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Annots[4 0 R]/Metadata 5 0 R%s>>" % opening,
            b"<</Type/Annot/Subtype/Text/Rect[9 9 30 30]/T(writer)/Contents(aside)>>",
            b"<</Length 38>>stream\n<x:xmpmeta>31.57N 120.29E</x:xmpmeta>\nendstream",
        )
    )
    assert examined(path)[0]["pages"] == 1
    shared = ask("share", path)[1]
    assert examined(file(shared, "copy"))[0]["pages"] == 1
    assert not [word for word in (b"JavaScript", b"writer", b"aside", b"120.29E") if word in shared]


def test_a_blacked_out_pdf_has_pictures_for_pages_and_no_words(file):
    from reportlab.pdfgen.canvas import Canvas

    path = file(b"")
    canvas = Canvas(str(path), pagesize=(200, 300))
    for word in ("secret", "open"):
        canvas.drawString(20, 250, word)
        canvas.showPage()
    canvas.save()
    places = [(1, 0, 0, 10_000, 5_000)]
    made = ask("black_out", path, boxes=places)[1]
    document = pypdfium2.PdfDocument(made)
    assert [page.get_textpage().get_text_bounded() for page in document] == ["", ""]
    assert [page.get_size() for page in document] == [(200, 300), (200, 300)]
    first, second = (ask("show", file(made), page=number, side=300)[1] for number in (1, 2))
    assert max(first[: 200 * 3 * 100]) < 20
    assert min(first[-200 * 3 * 100 :]) > 235
    assert min(second[: 200 * 3 * 10]) > 235


def test_boxes_cover_every_point_they_touch(file):
    [_facts, content] = ask(
        "black_out", file(make_picture("white", (10, 10), "PNG")), boxes=[(1, 1_500, 1_500, 10, 10)]
    )
    with Image.open(io.BytesIO(content)) as image:
        assert image.getpixel((1, 1)) == (0, 0, 0)
        assert image.getpixel((3, 3)) == (255, 255, 255)


def test_the_child_answers_through_its_own_process(file):
    found = looking.examine(file(make_picture(size=(640, 480)), "小票.jpg"), "小票.jpg")
    assert (found.kind, found.width, found.height, found.pages) == (FileKind.JPEG, 640, 480, 1)
    assert Image.open(io.BytesIO(found.thumbnail)).size == (320, 240)


def test_the_parent_repeats_the_refusal_and_survives_a_crash(file, monkeypatch):
    with pytest.raises(UnsafeFile, match=r"“炸弹\.png”有 90,000×90,000 点"):
        looking.examine(file(png_claiming(90_000, 90_000)), "炸弹.png")
    for code in ("import os; os.abort()", "raise SystemExit(3)", "pass"):
        monkeypatch.setattr(looking, "_command", lambda code=code: [sys.executable, "-c", code])
        with pytest.raises(UnsafeFile, match=r"“x\.jpg”打不开：内容已损坏"):
            looking.examine(file(make_picture()), "x.jpg")


def test_a_child_that_hangs_is_stopped_by_time_and_by_hand(file, monkeypatch):
    monkeypatch.setattr(looking, "_command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(looking, "_LOOK_SECONDS", 0)
    with pytest.raises(UnsafeFile, match="超过 0 秒，已停止"):
        looking.examine(file(make_picture()), "x.jpg")

    def stop():
        raise Stopped

    with pytest.raises(Stopped):
        looking.share(file(make_picture()), "x.jpg", stop)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits; time alone stops a child there")
def test_the_child_cannot_swell_nor_write(tmp_path):
    code = (
        "from odr_desk.pictures import child; child._limit_itself()\n"
        "import sys\n"
        "try: bytearray(2_000_000_000)\n"
        "except MemoryError: print('small')\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n"
        "    with open(sys.argv[1], 'wb') as file: file.write(b'x')\n"
        "except OSError: print('dry')\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "x")], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["small", "dry"]


def test_the_limits_bear_the_largest_picture_that_is_taken():
    assert MOST_PIXELS * 4 * 4 + LARGEST_FILE < child.MEMORY  # points with transparency, four copies of them at once
    assert Image.MAX_IMAGE_PIXELS is None or decoding.MOST_PIXELS <= Image.MAX_IMAGE_PIXELS


def test_a_frozen_program_starts_itself_as_the_child(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert looking._command() == [sys.executable, child.CHILD_OPTION]
    assert cli.CHILDREN[child.CHILD_OPTION] == child.__name__


def test_boxes_are_told_to_the_child_as_numbers(file):
    content = looking.black_out(
        file(make_picture("white", (40, 40), "PNG")),
        "x.png",
        [BoxDraft(page=1, left=0, top=0, width=10_000, height=10_000)],
    )
    with Image.open(io.BytesIO(content)) as image:
        assert image.getcolors() == [(1_600, (0, 0, 0))]

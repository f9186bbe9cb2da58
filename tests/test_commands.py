"""The command line, called as the office's scheduled jobs call it."""

import shutil
from pathlib import Path

import pytest
from conftest import PASSWORD

from odr_desk import cli
from odr_desk.services import importers
from odr_desk.store.place import FILE

DATA = Path(__file__).parent / "data"


@pytest.fixture
def run(template, tmp_path, monkeypatch, capsys):
    """Run a command on a data folder of its own; returns the exit status, what was said, and what was refused."""
    folder = tmp_path / "数据"
    folder.mkdir()
    shutil.copyfile(template, folder / FILE)
    monkeypatch.setenv(cli.PASSWORD, PASSWORD)

    def call(*arguments, user="manager"):
        status = cli.main(["--data", str(folder), *map(str, arguments), "--user", user])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_an_import_is_previewed_and_written_only_when_asked(run):
    status, said, _ = run("import", "platform", DATA / "platform.xlsx")
    assert status == 0
    assert "第 3 行：新建 小鹿童装 不在商户名录，先记名字" in said
    assert "新建 60 行，表内重复 1 行" in said
    assert said.endswith("以上只是预览，没有写入；加 --apply 写入\n")
    _, said, _ = run("import", "platform", DATA / "platform.xlsx", "--apply")
    assert said.endswith("已导入，批号 I2026-0001\n")
    _, said, _ = run("import", "platform", DATA / "platform.xlsx", "--apply")
    assert "没有变化 60 行，表内重复 1 行" in said
    assert said.endswith("没有要写入的内容\n")


@pytest.mark.parametrize(
    ("arguments", "user", "words"),
    [
        (("ledger", DATA / "platform.xlsx"), "manager", "可选：tenants 商户清单、platform 12315平台导出"),
        (("platform", DATA / "none.xlsx"), "manager", "找不到文件"),
        (("platform", DATA), "manager", "是文件夹"),
        (("platform", DATA / "tenants.xlsx"), "manager", "请核对是否选错了文件"),
        (("platform", DATA / "platform.xlsx", "--apply"), "clerk", "导入"),
    ],
)
def test_what_is_refused_says_why_and_ends_with_one(run, arguments, user, words):
    status, said, refused = run("import", *arguments, user=user)
    assert status == 1
    assert words in refused
    assert "Traceback" not in said + refused


def test_the_help_names_every_kind_of_import(capsys):
    with pytest.raises(SystemExit):
        cli.main(["import", "--help"])
    said = capsys.readouterr().out
    for importer in importers.IMPORTERS:
        assert f"{importer.profile} {importer.title}" in said

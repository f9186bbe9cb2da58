"""The command line, called as the office's scheduled jobs call it."""

import shutil
from pathlib import Path

import pytest
from conftest import PASSWORD

from odr_desk import cli
from odr_desk.rules.errors import Trouble
from odr_desk.services import daily, importers
from odr_desk.store.place import FILE, Claim

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


def backups(tmp_path):
    return list((tmp_path / "数据" / "backups").glob("*.odrbak"))


def test_an_import_is_previewed_and_written_only_when_asked(run, tmp_path):
    status, said, _ = run("import", "platform", DATA / "platform.xlsx")
    assert status == 0
    assert "第 3 行：新建 小鹿童装 不在商户名录，先记名字" in said
    assert "新建 60 行，表内重复 1 行" in said
    assert said.endswith("以上只是预览，没有写入；加 --apply 写入\n")
    assert backups(tmp_path) == []
    _, said, _ = run("import", "platform", DATA / "platform.xlsx", "--apply")
    assert said.endswith("已导入，批号 I2026-0001\n")
    (before,) = backups(tmp_path)
    assert f"导入前已备份到 {before}" in said
    _, said, _ = run("import", "platform", DATA / "platform.xlsx", "--apply")
    assert "没有变化 60 行，表内重复 1 行" in said
    assert said.endswith("没有要写入的内容\n")
    assert backups(tmp_path) == [before]


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


SPAN = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "F01", "--from", "2026-11-30", "--to", "2026-11-01"), "止日"),
        (("export", "F01", "--from", "2026-13-01", "--to", "2026-11-01"), "没有这一天"),
        (("export", "F01", "--from", "去年", "--to", "2026-11-01"), "起日“去年”应为日期"),
        (("export", "X99", *SPAN), "X99"),
        (("export", "F01", *SPAN, "--template", "none.xlsx"), "none.xlsx"),
        (("export", "F01", *SPAN, "--out", "/none/F01.xlsx"), "没有文件夹"),
        (("export", "F01", *SPAN, "--out", "F01.doc"), ".xlsx"),
        (("import", "tenants", DATA / "none.xlsx"), "找不到文件"),
        (("backup", "--to", DATA / "tenants.xlsx"), "tenants.xlsx"),
        (("restore", DATA / "none.zip"), "none.zip"),
        (("restore", DATA / "tenants.xlsx"), "tenants.xlsx"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(run, arguments, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    user = "admin" if arguments[0] in ("backup", "restore") else "manager"
    status, said, refused = run(*arguments, user=user)
    assert (status, said) == (1, "")
    assert words in refused
    assert "Traceback" not in refused


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(run, monkeypatch):
    assert "登录名或密码不对" in run("backup", user="nobody")[2]
    monkeypatch.setenv(cli.PASSWORD, "wrong-password")
    assert "登录名或密码不对" in run("backup", user="admin")[2]


@pytest.mark.parametrize("command", [("verify",), ("upgrade",), ("backup", "--user", "x"), ("export", "F01", *SPAN)])
def test_a_folder_without_data_is_not_made_into_one(command, tmp_path, capsys):
    assert cli.main(["--data", str(tmp_path / "typing-error"), *command]) == 1
    assert "没有数据" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["/proc/odr-desk", "/dev/null/data"])
def test_a_folder_that_takes_nothing_is_named(place, capsys):
    assert cli.main(["--data", place, "demo"]) == 1
    refused = capsys.readouterr().err
    assert place in refused
    assert "不能写入" in refused


def test_a_command_turns_the_day_as_the_window_does(run, monkeypatch, tmp_path):
    turned = []
    monkeypatch.setattr(daily, "turn_day", lambda database: turned.append(database.folder))
    assert (cli.main(["--data", str(tmp_path / "数据"), "verify"]), turned) == (0, [])  # looking changes nothing
    status, _, _ = run("export", "F01", *SPAN, "--check")
    assert (status, turned) == (0, [tmp_path / "数据"])

    def full(_database):
        raise Trouble("磁盘满了。", "请清理。")

    monkeypatch.setattr(daily, "turn_day", full)
    assert run("export", "F01", *SPAN, "--check")[0] == 0


def test_a_restore_says_the_time_of_the_backup_as_its_name_does(run, tmp_path):
    run("backup", user="admin")
    (made,) = backups(tmp_path)
    day, clock = made.name.split("-")[2:4]
    status, said, _ = run("restore", made, user="admin")
    assert status == 0
    assert f"已恢复 {day[:4]}-{day[4:6]}-{day[6:]} {clock[:2]}:{clock[2:4]} 的备份" in said
    assert "原来的数据在" in said


def test_a_second_program_waits_for_the_first(run, tmp_path, capsys):
    claim = Claim(tmp_path / "数据")
    try:
        status, _, refused = run("backup", user="admin")
        assert (status, cli.main(["--data", str(tmp_path / "数据"), "verify"])) == (1, 1)
        assert "正在" in refused
        assert "正在" in capsys.readouterr().err
    finally:
        claim.release()


def test_another_database_is_refused_before_anything_is_opened(tmp_path, capsys):
    assert cli.main(["--data", str(tmp_path / "d"), "--database", "postgresql://x/y", "verify"]) == 1
    assert "--database" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_nobody_to_answer_is_said(run, monkeypatch):
    def closed(*_args):
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)
    status, _, refused = run("backup", user="")
    assert status == 1
    assert "没有人回答" in refused


def test_a_fault_of_the_program_leaves_a_report_and_no_traceback(run, tmp_path, monkeypatch):
    def broken(*_args, **_named):
        raise ZeroDivisionError("wrong")

    monkeypatch.setattr("odr_desk.services.safekeeping.order_backup", broken)
    status, _, refused = run("backup", user="admin")
    assert status == 1
    assert "程序内部出错" in refused
    assert "Traceback" not in refused
    assert "ZeroDivisionError" in (tmp_path / "数据" / "logs" / "odr-desk.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fly",), "命令 不能是 'fly'"),
        (("export",), "缺少 表号, --from, --to"),
        (("export", "F01", "--from"), "--from 后面要跟一个值"),
        (("demo", "--cases", "viele"), "应为不小于 0 的整数"),
        (("demo", "--cases=-3"), "应为不小于 0 的整数"),
        (("demo", "--seed", "x"), "--seed 应为整数"),
        (("verify", "--full=1"), "--full 后面不用写 '1'"),
        (("--colour",), "不认识 --colour"),
    ],
)
def test_wrong_usage_is_said_in_chinese_and_ends_with_two(arguments, words, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments])
    refused = capsys.readouterr().err
    assert ended.value.code == 2
    assert words in refused
    assert "用法：odr-desk" in refused
    assert "usage" not in refused


def test_the_help_is_chinese(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert not [word for word in ("usage", "options", "positional", "show this") if word in said]
    assert "--database" not in said


def test_a_bare_system_without_qts_libraries_is_told_what_to_install(monkeypatch, tmp_path, capsys):
    def lacking(_name):
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(cli.importlib, "import_module", lacking)
    assert cli.main(["--data", str(tmp_path)]) == 1
    assert "系统缺少图形库 libEGL.so.1" in capsys.readouterr().err

import pytest

from odr_desk.rules.errors import IllegalMove, LoginRefused
from odr_desk.rules.mall import Mall
from odr_desk.rules.people import PROGRAM, Right, Role, UserDraft
from odr_desk.services import demo, entry, people, preferences
from odr_desk.store import schema, settings
from odr_desk.store.database import Database
from tests.conftest import MALL, PASSWORD

BOSS = UserDraft(user="li", display_name="李工", role=Role.ADMIN, password="open-sesame")


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "desk.db"
    schema.create(path)
    made = Database(path)
    yield made
    made.close()


def test_the_first_account_for_the_desk_must_change_its_password(empty):
    worker = UserDraft(user="sun", display_name="孙主任", role=Role.MANAGER, password="given-password")
    assert not entry.set_up(empty, MALL, BOSS, worker).must_change_password
    assert entry.come_in(empty, "sun", "given-password").must_change_password


def test_an_empty_folder_is_set_up_once_and_its_administrator_is_in(empty):
    assert not entry.look_around(empty).is_set_up
    entered = entry.set_up(empty, Mall(name="示例商场", short_name="示例"), BOSS)
    assert (entered.actor.name, entered.actor.role, entered.must_change_password) == ("李工", Role.ADMIN, False)
    standing = entry.look_around(empty)
    assert (standing.is_set_up, standing.mall, standing.is_training) == (True, "示例商场", False)
    with pytest.raises(IllegalMove):
        entry.set_up(empty, MALL, BOSS)


def test_a_given_password_opens_nothing_until_it_is_changed(database, admin):
    with database.writing(admin, "user.create") as work:
        people.create(work, UserDraft(user="xin", display_name="新人", role=Role.CLERK, password="given-one"))
    entered = entry.come_in(database, "xin", "given-one")
    assert entered.must_change_password
    assert not entered.actor.rights
    changed = entry.change_given_password(database, entered, "my-own-one")
    assert changed.actor.may(Right.WRITE_CASES)
    assert not changed.must_change_password
    with pytest.raises(LoginRefused):
        entry.come_in(database, "xin", "given-one")


def test_a_person_finds_the_own_arrangement_and_nobody_elses(database, clerk, manager):
    for actor, mode in ((clerk, "dark"), (manager, "light"), (clerk, "system")):
        with database.writing(actor, "preference.keep") as work:
            preferences.keep(work, "look", {"mode": mode})
    assert entry.come_in(database, "clerk", PASSWORD).layouts == {"look": {"mode": "system"}}
    assert entry.come_in(database, "manager", PASSWORD).layouts == {"look": {"mode": "light"}}


def test_the_training_copy_names_its_accounts(empty):
    entry.set_up(empty, MALL, BOSS)
    with empty.writing(PROGRAM, "demo") as work:
        settings.write(work, "training", "1")
    standing = entry.look_around(empty)
    assert standing.is_training
    assert standing.samples[0].user == demo.FIRST_LOGIN
    assert {sample.user for sample in standing.samples} == {draft.user for draft in demo.STAFF}
    assert standing.sample_password == demo.PASSWORD

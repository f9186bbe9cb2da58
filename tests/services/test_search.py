from datetime import date

import pytest
from make import make_case, make_merchant
from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.rules import masking
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import NotAllowed
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.hits import HitKind
from odr_desk.services import case_file, cases, handling, issuing, merging, queue, search, timeline
from odr_desk.services.queue import CaseFilter
from odr_desk.store import search_index
from tests.settled import case_of, conclude


@pytest.fixture
def number(database, clerk):
    with database.writing(clerk, "case.create") as work:
        case = make_case(
            work,
            platform_no="1320205002026112300001234",
            consumer_name="欧阳𬭚",
            consumer_phone="19900004567",
            product="羽绒服",
            facts="袖口钻绒，退换都不肯。货架上写着“七天无理由”，ＡＢＣ-１２ 款。",
        )
        make_case(work, consumer_name="周女士", facts="戒指松了，要求保养。", product="戒指")
        timeline.add(work, case, EventDraft(kind=EventKind.CALL, party=Party.CONSUMER, text="约三方周六看货"))
    return case.number


def numbers(database, actor, text):
    with database.reading(actor) as work:
        found = tuple(hit.row.number for hit in search.find(work, text))
        listed = queue.page(work, CaseFilter(view="all", text=text, sort="number", descending=True), 0, 20)
        assert tuple(row.number for row in listed) == found, "the list and the search box answer alike"
        assert queue.count(work, CaseFilter(view="all", text=text)) == len(found)
    return found


TYPED = (
    "绒", "钻绒", "退换都", "七天无理", "无理由", "欧阳", "𬭚", "羽绒服", "三方周六", "约", "abc", "12 款",
    "4567", "04567", "19900004567", "199****4567", "1234", "0001", "2026-0001", "xsbbb-2026-0001", "羽绒 欧阳",
    "欧阳 4567", "ａｂｃ",
)  # fmt: skip
NOT_SAID = (
    "198****4567",
    "199****4568",
    "换货",
    "货退",
    "都货",
    "服袖",
    "4568",
    "9999",
    "羽绒 戒指",
    "",
    "  ",
    "，",
    '"',
    "*",
)


def test_what_people_type_finds_the_case(database, clerk, number):
    missed = [text for text in TYPED if number not in numbers(database, clerk, text)]
    assert missed == []


def test_what_the_case_does_not_say_does_not_find_it(database, clerk, number):
    with database.reading(clerk) as work:
        assert [text for text in NOT_SAID if search.find(work, text)] == []


def test_a_blank_text_does_not_narrow_a_list(database, clerk, number):
    with database.reading(clerk) as work:
        assert queue.count(work, CaseFilter(view="all", text="  ")) == 2


@pytest.mark.parametrize("text", ["jxzb", "jx", "金禧"])
def test_a_shop_is_found_by_its_initials(database, clerk, text):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work, findable="金禧珠宝|jxzb|a馆1f101", initials="jxzb").number
        number = make_case(work, merchant_no=shop).number
    assert numbers(database, clerk, text) == (number,)


def test_the_hit_is_shown_where_it_stands(database, clerk, number):
    def shown(text):
        with database.reading(clerk) as work:
            hit = next(hit for hit in search.find(work, text) if hit.row.number == number)
        return hit.field, [hit.snippet[start:end] for start, end in hit.spans]

    assert shown("三方周六") == ("进展", ["三方周六"])
    assert shown("4567") == ("联系电话", ["4567"])
    with database.reading(clerk) as work:
        (whole,) = search.find(work, "19900004567")
    assert (whole.snippet, whole.spans) == ("199****4567", ((0, 11),)), "a telephone is shown masked"
    assert shown("2026-0001") == ("编号", ["2026-0001"])
    assert shown("abc") == ("事实和诉求", ["ＡＢＣ"])
    assert shown("钻绒 不肯") == ("事实和诉求", ["钻绒", "不肯"])


@pytest.mark.parametrize("phone", ["13800005678", "0510-88000000", "0510-88000000-12", "+85291234567"])
def test_a_telephone_copied_from_a_list_finds_its_case_alone(database, clerk, number, phone):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work).number
        meant, led = (make_case(work, merchant_no=shop, consumer_phone=phone) for _ in range(2))
        leader = make_case(work, merchant_no=shop, consumer_phone=f"1990000{masking.ends(masking.phone(phone))[1][:4]}")
        merging.merge(work, led.number, leader.number, "同一件事")
        make_case(work, consumer_phone=leader.consumer_phone)
    assert numbers(database, clerk, masking.phone(phone)) == (leader.number, meant.number)
    with database.reading(clerk) as work:
        hit = search.find(work, f"{masking.phone(phone)} 戒指")
    assert hit == ()


def test_a_hit_says_what_was_hit_and_where(database, clerk, number):
    with database.reading(clerk) as work:
        (hit,) = search.find(work, "三方周六")
        (coded,) = search.find(work, "1320205002026112300001234")
        (named,) = search.find(work, "欧阳")
    assert (hit.kind, hit.entry, hit.at) == (HitKind.EVENT, 2, work.now)
    assert (coded.kind, named.kind) == (HitKind.PLATFORM_NO, HitKind.PERSON)


def test_the_number_that_was_said_comes_first(database, clerk, number):
    with database.writing(clerk, "case.create") as work:
        for _ in range(3):
            make_case(work, consumer_phone="19900000001")
    with database.reading(clerk) as work:
        for typed in ("1", "0001"):
            first = search.find(work, typed, 2)[0]
            assert (first.row.number, first.kind) == (number, HitKind.NUMBER)
        assert len(search.find(work, "0001", 2)) == 2


def test_a_merged_number_leads_to_the_case_that_stands_for_it(database, clerk, number):
    with database.writing(clerk, "case.merge") as work:
        shop = case_file.detail(work, number).merchant.number
        person = {"consumer_name": "欧阳小姐", "consumer_phone": "19900004567"}
        follower = make_case(work, merchant_no=shop, platform_no="88880007", **person).number
        merging.merge(work, follower, number)
    with database.reading(clerk) as work:
        for typed, label in ((follower, "并入的编号"), ("88880007", "并入的平台编号"), ("小姐", "并入的消费者姓名")):
            (hit,) = search.find(work, typed)
            assert (hit.row.number, hit.field) == (number, label)
            assert [hit.snippet[a:b] for a, b in hit.spans] == [typed]
        assert search.find(work, follower.rsplit("-", 1)[-1])[0].row.number == number


def test_an_entry_of_a_merged_case_is_shown_with_the_number_it_stands_under(database, clerk, number):
    with database.writing(clerk, "case.merge") as work:
        shop = case_file.detail(work, number).merchant.number
        follower = make_case(work, merchant_no=shop, consumer_phone="19900004567")
        entry = timeline.add(
            work, follower, EventDraft(kind=EventKind.NOTE, party=Party.CONSUMER, text="红珊瑚手串另存")
        )
        merging.merge(work, follower.number, number, "同一件事")
    with database.reading(clerk) as work:
        (hit,) = search.find(work, "红珊瑚")
    assert (hit.row.number, hit.kind, hit.field) == (number, HitKind.EVENT, "并入的进展")
    assert (hit.of, hit.entry, hit.ref) == (follower.number, entry, follower.number)
    assert [hit.snippet[a:b] for a, b in hit.spans] == ["红珊瑚"]


def test_papers_and_agreements_are_found_by_their_number(database, mediator):
    number = conclude(database, mediator).agreement_no
    with database.writing(mediator, "document.issue") as work:
        case_no = case_of(work, number).number
        receipt = issuing.issue(work, "registration_receipt", case_no)
    with database.reading(mediator) as work:
        (paper,) = search.find(work, receipt.document_no)
        (agreed,) = search.find(work, number)
    assert (paper.kind, paper.ref, paper.row.number) == (HitKind.DOCUMENT, receipt.document_no, case_no)
    assert (agreed.kind, agreed.ref) == (HitKind.AGREEMENT, number)


def test_files_of_merchants_answer_beside_the_cases(database, clerk, admin):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work, findable="金禧珠宝|jxzb|a馆1f101", initials="jxzb").number
        number = make_case(work, merchant_no=shop).number
    with database.reading(clerk) as work:
        found = search.everywhere(work, "jxzb")
        assert [shop.number for shop in found.merchants] == [shop]
        assert [(hit.row.number, hit.kind) for hit in found.cases] == [(number, HitKind.MERCHANT)]
    with database.reading(admin) as work, pytest.raises(NotAllowed):
        search.everywhere(work, "jxzb")


def test_a_change_is_found_in_the_step_that_makes_it(database, clerk, number):
    with database.writing(clerk, "case.update") as work:
        case = cases.named(work, number)
        cases.update(work, number, case.version_id, {"facts": "改口说是拉链坏"})
    assert numbers(database, clerk, "拉链") == (number,)
    assert numbers(database, clerk, "钻绒") == ()


def test_a_note_that_is_changed_leaves_its_old_words(database, clerk, number):
    with database.writing(clerk, "event.edit") as work:
        timeline.edit(work, cases.named(work, number), 2, "约周日来")
    assert numbers(database, clerk, "周日来") == (number,)
    assert numbers(database, clerk, "周六") == ()


def test_what_is_rolled_back_is_not_found(database, clerk, number):
    with pytest.raises(ZeroDivisionError), database.writing(clerk, "case.next_step") as work:
        handling.set_next_step(work, number, "催店长", date(2026, 11, 25))
        work.session.flush()
        raise ZeroDivisionError
    assert numbers(database, clerk, "催店长") == ()


def test_a_case_in_the_bin_leaves_the_index_and_comes_back(database, clerk, clock, number):
    for deleted_at, found in ((clock.now, ()), (None, (number,))):
        with database.writing(clerk, "case.delete") as work:
            case = work.session.scalars(select(Case).where(Case.number == number)).one()
            case.deleted_at = deleted_at
        assert numbers(database, clerk, "钻绒") == found


def test_the_result_is_found(database, mediator, number):
    with database.writing(mediator, "case.advance") as work:
        cases.advance(work, number, CaseState.WITHDRAWN, "自行和商户谈好")
    assert numbers(database, mediator, "谈好") == (number,)


def test_an_index_made_anew_answers_as_the_one_kept(database, clerk, number):
    words = ("绒", "三方周六", "4567", "0002", "戒指", "无理由")
    before = [numbers(database, clerk, text) for text in words]
    with database.writing(clerk, "rebuild") as work:
        made_anew(work.session.connection())
    assert [numbers(database, clerk, text) for text in words] == before
    assert all(before)


def test_nothing_of_words_that_were_taken_out_stays_in_the_file(database, clerk, number):
    secret = "钻绒".encode()
    assert secret in database.path.read_bytes() + wal(database)
    with database.writing(clerk, "case.update") as work:
        case = cases.named(work, number)
        cases.update(work, number, case.version_id, {"facts": "", "consumer_name": ""})
    with database.writing(clerk, "case.update") as work:
        search_index.compact(work.session.connection())
    with database.connection() as connection:
        kept = connection.exec_driver_sql("SELECT block FROM case_search_data").scalars().all()
    assert not any(secret in block for block in kept)


def made_anew(connection):
    connection.exec_driver_sql("INSERT INTO case_search (case_search) VALUES ('delete-all')")
    search_index.fill(connection)


def wal(database):
    log = database.path.with_name(database.path.name + "-wal")
    return log.read_bytes() if log.exists() else b""

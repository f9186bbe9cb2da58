from odr_desk.papers.unicode_map import to_unicode_map


def test_characters_beyond_the_first_plane_are_written_as_pairs():
    written = to_unicode_map("F", [0, ord("李"), 0x2CB5A])
    assert "<01> <674E>" in written
    assert "<02> <D872DF5A>" in written


def test_no_block_holds_more_than_a_hundred():
    lines = to_unicode_map("F", list(range(0x4E00, 0x4E00 + 256))).split("\n")
    counts = [int(line.split()[0]) for line in lines if line.endswith("beginbfchar")]
    assert counts == [100, 100, 56]
    assert sum(line.startswith("<") and "> <" in line for line in lines) == 256 + 1  # and the code space

from services.ocr.tesseract_tsv import lines_of_tsv

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def test_words_become_lines_with_boxes_as_fractions() -> None:
    tsv = HEAD + (
        "4\t1\t3\t1\t1\t0\t0\t0\t100\t20\t-1\t\n"
        "5\t1\t3\t1\t1\t1\t10\t20\t30\t10\t96.5\tHọ\n"
        "5\t1\t3\t1\t1\t2\t50\t20\t40\t10\t90\ttên:\n"
        "5\t1\t3\t1\t2\t1\t10\t40\t40\t10\t-1\t \n"
        "5\t1\t5\t1\t1\t1\t10\t60\t40\t10\t80\tNam\n"
    )
    lines = lines_of_tsv(tsv, 100, 200)
    assert [(line.text, line.block) for line in lines] == [("Họ tên:", 0), ("Nam", 1)]
    box = lines[0].words[0].box
    assert (box.left, box.top, box.right, box.bottom) == (0.1, 0.1, 0.4, 0.15)
    assert lines[0].words[0].confidence == 0.965


def test_decomposed_letters_are_composed() -> None:
    line = lines_of_tsv(HEAD + "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t50\tViệt", 10, 10)[0]
    assert line.text == "Việt"

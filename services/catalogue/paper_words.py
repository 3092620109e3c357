"""What the words of a required paper say: which kinds satisfy it, on what condition, in what form."""

import re
import unicodedata

from services.dossier.kinds import PaperKind

_KINDS: tuple[tuple[str, PaperKind], ...] = (
    (r"tờ khai đăng ký (lại )?khai sinh|tờ khai .*khai sinh", PaperKind.BIRTH_REGISTRATION_DECLARATION),
    (r"tờ khai đăng ký (lại )?khai tử", PaperKind.DEATH_REGISTRATION_DECLARATION),
    (r"tờ khai đăng ký (lại )?kết hôn", PaperKind.MARRIAGE_REGISTRATION_DECLARATION),
    (r"tờ khai .*giấy xác nhận tình trạng hôn nhân", PaperKind.MARITAL_STATUS_DECLARATION),
    (r"tờ khai .*(thay đổi|cải chính|bổ sung).*hộ tịch", PaperKind.CIVIL_STATUS_CHANGE_DECLARATION),
    (r"(tờ khai|phiếu) .*(lý lịch tư pháp|lltp)", PaperKind.CRIMINAL_RECORD_REQUEST),
    (r"tờ khai đề nghị trợ giúp xã hội", PaperKind.SOCIAL_ASSISTANCE_DECLARATION),
    (r"giấy đề nghị .*hộ kinh doanh", PaperKind.HOUSEHOLD_BUSINESS_APPLICATION),
    (r"đơn đề nghị (cấp )?(giấy phép xây dựng|gpxd)", PaperKind.BUILDING_PERMIT_APPLICATION),
    (r"đơn đăng ký biến động", PaperKind.LAND_CHANGE_APPLICATION),
    (r"hợp đồng.*(chuyển nhượng|chuyển quyền|tặng cho)|văn bản chuyển quyền", PaperKind.LAND_TRANSFER_CONTRACT),
    (r"giấy chứng sinh", PaperKind.MEDICAL_BIRTH_CERTIFICATE),
    (r"giấy xác nhận tình trạng hôn nhân", PaperKind.MARITAL_STATUS_CERTIFICATE),
    (r"(giấy chứng nhận|trích lục) (đăng ký )?kết hôn", PaperKind.MARRIAGE_CERTIFICATE),
    (r"(giấy|trích lục) khai sinh", PaperKind.BIRTH_CERTIFICATE),
    (r"giấy báo tử", PaperKind.DEATH_NOTICE),
    (r"(giấy chứng nhận|gcn) (đã cấp|quyền sử dụng đất|quyền sở hữu)|bản gốc gcn", PaperKind.LAND_USE_CERTIFICATE),
    (r"giấy xác nhận (mức độ )?khuyết tật", PaperKind.DISABILITY_CERTIFICATE),
    (r"xác nhận thông tin (về )?cư trú", PaperKind.RESIDENCE_CONFIRMATION),
    (r"(giấy|văn bản) ủy quyền", PaperKind.POWER_OF_ATTORNEY),
    (r"(?<!về )(?<!cấp )(thẻ )?căn cước|chứng minh nhân dân|cccd", PaperKind.CITIZEN_ID_FRONT),
    (r"bằng tốt nghiệp", PaperKind.DIPLOMA),
    (r"bản vẽ", PaperKind.CONSTRUCTION_DRAWING),
    (r"biên lai|chứng từ (nộp|nghĩa vụ tài chính)", PaperKind.FEE_RECEIPT),
    (r"^(bản sao )?quyết định", PaperKind.DECISION),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in _KINDS)
_CONDITIONAL = re.compile(r"\b(nếu|trường hợp|khi|đối với)\b|chỉ khi|\(<14 tuổi\)")
_REQUEST = re.compile(r"\W*(phiếu|tờ khai|đơn|giấy đề nghị)\b")
_PRESENTED = re.compile(r"^\W*xuất trình|không phải nộp bản sao")


def find_kinds(name: str) -> tuple[PaperKind, ...]:
    """The kinds that a line of the list of papers names, most specific words first; words count once."""
    words = fold_words(name)
    found: list[PaperKind] = []
    requested = _REQUEST.match(words) is not None
    for pattern, kind in _PATTERNS:
        words, hits = pattern.subn(" ", words)
        if hits and not (requested and kind is PaperKind.CITIZEN_ID_FRONT):
            found.append(kind)
    return tuple(found)


def find_condition(name: str) -> str | None:
    """The condition that the words set: an agent, a special case, or none."""
    words = fold_words(name)
    if "ủy quyền" in words:
        return "agent_submits"
    return "special_case" if _CONDITIONAL.search(words) else None


def is_presented(name: str) -> bool:
    """Whether the paper is only shown at the counter."""
    return bool(_PRESENTED.search(fold_words(name)))


def fold_words(text: str) -> str:
    """Composed small letters, single spaces, one way to write the tone of `uỷ`."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("uỷ", "ủy").split())

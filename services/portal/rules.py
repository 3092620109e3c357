"""What every page asks for; the pages of officers and leaders ask what their endpoints ask."""

from services.access.roles import Permit
from services.api.rules import Rule, Rules, Sight

P = Permit

RULES: Rules = {
    ("GET", "/"): Rule(P.PUBLIC),
    ("GET", "/thu-tuc"): Rule(P.PUBLIC),
    ("GET", "/thu-tuc/{code}"): Rule(P.PUBLIC),
    ("GET", "/nop-ho-so"): Rule(P.PUBLIC),
    ("POST", "/nop-ho-so"): Rule(P.HAND_IN, Sight.WHOLE),
    ("POST", "/nop-ho-so/xem-truoc"): Rule(P.HAND_IN),
    ("GET", "/tra-cuu"): Rule(P.PUBLIC),
    # it looks whether a code and a key belong together
    ("POST", "/tra-cuu"): Rule(P.PUBLIC, Sight.WHOLE),
    # without the receipt it sees nothing, and asks for it
    ("GET", "/ho-so/{code}"): Rule(P.PUBLIC),
    ("POST", "/ho-so/{code}/bo-sung"): Rule(P.FOLLOW),
    ("GET", "/hoi-dap"): Rule(P.PUBLIC),
    ("GET", "/hoi-dap/khung"): Rule(P.PUBLIC),
    ("POST", "/hoi-dap"): Rule(P.PUBLIC),
    ("POST", "/hoi-dap/{turn}/danh-gia"): Rule(P.PUBLIC),
    # made-up dossiers: whoever wants to practise may
    ("GET", "/tap-su"): Rule(P.PUBLIC),
    ("GET", "/tap-su/{id_}"): Rule(P.PUBLIC),
    ("POST", "/tap-su/{id_}"): Rule(P.PUBLIC),
    ("GET", "/dang-nhap"): Rule(P.PUBLIC),
    ("POST", "/dang-nhap"): Rule(P.PUBLIC),
    ("POST", "/dang-xuat"): Rule(P.SIGNED_IN),
    ("GET", "/tai-khoan"): Rule(P.SIGNED_IN),
    ("POST", "/tai-khoan/mat-khau"): Rule(P.SIGNED_IN),
    ("POST", "/tai-khoan/xac-thuc"): Rule(P.SIGNED_IN),
    ("POST", "/tai-khoan/xac-nhan"): Rule(P.SIGNED_IN),
    ("GET", "/so-lieu"): Rule(P.FIGURES, Sight.PUBLISHED),
    ("GET", "/so-lieu/tai-ve.{kind}"): Rule(P.FIGURES, Sight.PUBLISHED),
    ("GET", "/so-lieu/ho-so"): Rule(P.READ),
    ("GET", "/lanh-dao"): Rule(P.LEAD),
    ("GET", "/can-bo"): Rule(P.READ),
    ("GET", "/can-bo/ho-so/{code}"): Rule(P.READ),
    ("POST", "/can-bo/ho-so/{code}/viec/{action}"): Rule(None),
    ("POST", "/can-bo/ho-so/{code}/mau/{form}/ky"): Rule(P.READ),
    ("POST", "/can-bo/ho-so/{code}/truong/{paper}/{name}"): Rule(P.CONFIRM),
    ("GET", "/quan-tri"): Rule(P.ACCOUNTS),
    ("GET", "/quan-tri/tai-khoan"): Rule(P.ACCOUNTS),
    ("GET", "/quan-tri/tai-khoan-moi"): Rule(P.ACCOUNTS),
    ("POST", "/quan-tri/tai-khoan-moi"): Rule(P.ACCOUNTS),
    ("GET", "/quan-tri/tai-khoan/{name}"): Rule(P.ACCOUNTS),
    ("POST", "/quan-tri/tai-khoan/{name}/quyen"): Rule(P.ACCOUNTS),
    ("POST", "/quan-tri/tai-khoan/{name}/mat-khau"): Rule(P.ACCOUNTS),
    ("POST", "/quan-tri/tai-khoan/{name}/viec/{deed}"): Rule(P.ACCOUNTS),
    ("GET", "/quan-tri/ma-truy-cap"): Rule(P.TOKENS),
    ("POST", "/quan-tri/ma-truy-cap"): Rule(P.TOKENS),
    ("POST", "/quan-tri/ma-truy-cap/{token_id}/thu-hoi"): Rule(P.TOKENS),
    ("GET", "/quan-tri/don-vi"): Rule(P.UNITS),
    ("POST", "/quan-tri/don-vi"): Rule(P.UNITS),
    ("GET", "/quan-tri/don-vi/{unit}"): Rule(P.UNITS, of_unit=True),
    ("POST", "/quan-tri/don-vi/{unit}"): Rule(P.UNITS, of_unit=True),
    ("POST", "/quan-tri/don-vi/{unit}/dong"): Rule(P.UNITS, of_unit=True),
    ("POST", "/quan-tri/don-vi/{unit}/mo"): Rule(P.UNITS, of_unit=True),
}

"""The kinds of paper, their Vietnamese titles and the fields each may carry.

Names are those of the API, the database and the evaluation. Party prefixes (`father_`, `applicant_`, …) take the same
suffixes everywhere; the subject of the paper has unprefixed names.
"""

from enum import StrEnum


class PaperKind(StrEnum):
    """A kind of paper that a procedure may ask for; `OTHER` has only its printed title."""

    BIRTH_CERTIFICATE = "birth_certificate"
    BIRTH_REGISTRATION_DECLARATION = "birth_registration_declaration"
    BUILDING_PERMIT_APPLICATION = "building_permit_application"
    CITIZEN_ID_BACK = "citizen_id_back"
    CITIZEN_ID_FRONT = "citizen_id_front"
    CIVIL_STATUS_CHANGE_DECLARATION = "civil_status_change_declaration"
    CONSTRUCTION_DRAWING = "construction_drawing"
    CRIMINAL_RECORD_REQUEST = "criminal_record_request"
    DEATH_NOTICE = "death_notice"
    DEATH_REGISTRATION_DECLARATION = "death_registration_declaration"
    DECISION = "decision"
    DIPLOMA = "diploma"
    DISABILITY_CERTIFICATE = "disability_certificate"
    FEE_RECEIPT = "fee_receipt"
    FREE_FORM_PETITION = "free_form_petition"
    HANDWRITTEN_LETTER = "handwritten_letter"
    HOUSEHOLD_BUSINESS_APPLICATION = "household_business_application"
    LAND_CHANGE_APPLICATION = "land_change_application"
    LAND_TRANSFER_CONTRACT = "land_transfer_contract"
    LAND_USE_CERTIFICATE = "land_use_certificate"
    MARITAL_STATUS_CERTIFICATE = "marital_status_certificate"
    MARITAL_STATUS_DECLARATION = "marital_status_declaration"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    MARRIAGE_REGISTRATION_DECLARATION = "marriage_registration_declaration"
    MEDICAL_BIRTH_CERTIFICATE = "medical_birth_certificate"
    OFFICIAL_LETTER = "official_letter"
    POWER_OF_ATTORNEY = "power_of_attorney"
    RESIDENCE_CONFIRMATION = "residence_confirmation"
    SOCIAL_ASSISTANCE_DECLARATION = "social_assistance_declaration"
    OTHER = "other"
    UNREADABLE = "unreadable"


TITLE_OF: dict[PaperKind, str] = {
    PaperKind.BIRTH_CERTIFICATE: "Giấy khai sinh / Trích lục khai sinh (bản sao)",
    PaperKind.BIRTH_REGISTRATION_DECLARATION: "Tờ khai đăng ký khai sinh",
    PaperKind.BUILDING_PERMIT_APPLICATION: "Đơn đề nghị cấp giấy phép xây dựng",
    PaperKind.CITIZEN_ID_BACK: "Căn cước công dân / Căn cước (mặt sau)",
    PaperKind.CITIZEN_ID_FRONT: "Căn cước công dân / Căn cước (mặt trước)",
    PaperKind.CIVIL_STATUS_CHANGE_DECLARATION: "Tờ khai đăng ký thay đổi, cải chính, bổ sung thông tin hộ tịch",
    PaperKind.CONSTRUCTION_DRAWING: "Bản vẽ thiết kế xây dựng",
    PaperKind.CRIMINAL_RECORD_REQUEST: "Tờ khai/Phiếu yêu cầu cấp Phiếu lý lịch tư pháp",
    PaperKind.DEATH_NOTICE: "Giấy báo tử",
    PaperKind.DEATH_REGISTRATION_DECLARATION: "Tờ khai đăng ký khai tử",
    PaperKind.DECISION: "Quyết định",
    PaperKind.DIPLOMA: "Bằng tốt nghiệp",
    PaperKind.DISABILITY_CERTIFICATE: "Giấy xác nhận khuyết tật",
    PaperKind.FEE_RECEIPT: "Biên lai/Phiếu thu phí, lệ phí",
    PaperKind.FREE_FORM_PETITION: "Đơn không theo mẫu",
    PaperKind.HANDWRITTEN_LETTER: "Thư viết",
    PaperKind.HOUSEHOLD_BUSINESS_APPLICATION: "Giấy đề nghị đăng ký hộ kinh doanh",
    PaperKind.LAND_CHANGE_APPLICATION: "Đơn đăng ký biến động đất đai",
    PaperKind.LAND_TRANSFER_CONTRACT: "Hợp đồng chuyển nhượng/tặng cho quyền sử dụng đất",
    PaperKind.LAND_USE_CERTIFICATE: "Giấy chứng nhận quyền sử dụng đất",
    PaperKind.MARITAL_STATUS_CERTIFICATE: "Giấy xác nhận tình trạng hôn nhân",
    PaperKind.MARITAL_STATUS_DECLARATION: "Tờ khai cấp giấy xác nhận tình trạng hôn nhân",
    PaperKind.MARRIAGE_CERTIFICATE: "Giấy chứng nhận kết hôn / Trích lục kết hôn",
    PaperKind.MARRIAGE_REGISTRATION_DECLARATION: "Tờ khai đăng ký kết hôn",
    PaperKind.MEDICAL_BIRTH_CERTIFICATE: "Giấy chứng sinh",
    PaperKind.OFFICIAL_LETTER: "Công văn",
    PaperKind.POWER_OF_ATTORNEY: "Giấy ủy quyền",
    PaperKind.RESIDENCE_CONFIRMATION: "Giấy xác nhận thông tin về cư trú",
    PaperKind.SOCIAL_ASSISTANCE_DECLARATION: "Tờ khai đề nghị trợ giúp xã hội",
    PaperKind.OTHER: "Giấy tờ khác",
    PaperKind.UNREADABLE: "Không đọc được",
}


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


FIELDS_OF: dict[PaperKind, tuple[str, ...]] = {
    PaperKind.BIRTH_CERTIFICATE: _names(
        "citizen_id date_of_birth document_number ethnicity father_address father_date_of_birth "
        "father_ethnicity father_name father_nationality full_name gender hometown issue_date "
        "issuing_authority mother_address mother_date_of_birth mother_ethnicity mother_name "
        "mother_nationality nationality place_of_birth registration_date registration_number "
        "registration_place signer_name"
    ),
    PaperKind.BIRTH_REGISTRATION_DECLARATION: _names(
        "addressee applicant_address applicant_citizen_id applicant_citizen_id_issue_date "
        "applicant_citizen_id_issue_place applicant_name applicant_phone applicant_relationship "
        "copies_requested date_of_birth document_date ethnicity father_address father_citizen_id "
        "father_date_of_birth father_ethnicity father_name father_nationality full_name gender hometown "
        "mother_address mother_citizen_id mother_date_of_birth mother_ethnicity mother_name "
        "mother_nationality nationality place_of_birth"
    ),
    PaperKind.BUILDING_PERMIT_APPLICATION: _names(
        "address addressee area_m2 building_grade building_height_m citizen_id design_certificate design_org "
        "document_date duration_months floors full_name ground_floor_area_m2 land_address map_sheet "
        "parcel_number phone total_floor_area_m2"
    ),
    PaperKind.CITIZEN_ID_BACK: _names(
        "address expiry_date identifying_features issue_date issuing_authority mrz_line_1 mrz_line_2 "
        "mrz_line_3 place_of_birth signer_name"
    ),
    PaperKind.CITIZEN_ID_FRONT: _names(
        "address citizen_id date_of_birth expiry_date full_name gender hometown nationality"
    ),
    PaperKind.CIVIL_STATUS_CHANGE_DECLARATION: _names(
        "address addressee applicant_address applicant_citizen_id applicant_citizen_id_issue_date "
        "applicant_citizen_id_issue_place applicant_name applicant_relationship change_from change_to "
        "change_type citizen_id citizen_id_issue_date citizen_id_issue_place date_of_birth document_date "
        "ethnicity full_name gender nationality reason registration_book registration_date "
        "registration_number registration_place"
    ),
    PaperKind.CONSTRUCTION_DRAWING: _names(
        "design_org designer_name document_number drawing_title full_name issue_date land_address project_name scale"
    ),
    PaperKind.CRIMINAL_RECORD_REQUEST: _names(
        "address addressee certificate_kind citizen_id citizen_id_issue_date citizen_id_issue_place "
        "copies_requested date_of_birth document_date ethnicity father_date_of_birth father_name full_name "
        "gender mother_date_of_birth mother_name nationality phone place_of_birth purpose "
        "spouse_date_of_birth spouse_name"
    ),
    PaperKind.DEATH_NOTICE: _names(
        "address book_number cause_of_death citizen_id citizen_id_issue_date citizen_id_issue_place "
        "date_of_birth date_of_death document_number ethnicity full_name gender issue_date issuing_authority "
        "nationality place_of_death relative_name signer_name time_of_death"
    ),
    PaperKind.DEATH_REGISTRATION_DECLARATION: _names(
        "address addressee applicant_address applicant_citizen_id applicant_citizen_id_issue_date "
        "applicant_citizen_id_issue_place applicant_name applicant_relationship cause_of_death citizen_id "
        "citizen_id_issue_date citizen_id_issue_place copies_requested date_of_birth date_of_death "
        "death_notice_authority death_notice_date death_notice_number document_date ethnicity full_name "
        "gender nationality place_of_death time_of_death"
    ),
    PaperKind.DECISION: _names(
        "address amount_vnd class_name date_of_birth defendant_name document_number effective_date full_name "
        "issue_date issuing_authority plaintiff_name replaces_number signer_name subject"
    ),
    PaperKind.DIPLOMA: _names(
        "date_of_birth diploma_type document_number ethnicity full_name gender grade graduation_year "
        "issue_date issuing_authority major place_of_birth register_number school signer_name study_mode"
    ),
    PaperKind.DISABILITY_CERTIFICATE: _names(
        "address citizen_id date_of_birth disability_level disability_type document_number full_name gender "
        "issue_date issuing_authority signer_name"
    ),
    PaperKind.FEE_RECEIPT: _names(
        "amount_vnd case_code cashier_name document_number issue_date issuing_authority payer_address "
        "payer_citizen_id payer_name payment_method reason receipt_series tax_code"
    ),
    PaperKind.FREE_FORM_PETITION: _names(
        "address addressee child_date_of_birth child_name citizen_id class_name date_of_birth document_date "
        "full_name phone reason subject"
    ),
    PaperKind.HANDWRITTEN_LETTER: _names(
        "case_code child_name document_date phone recipient_name sender_name subject_person"
    ),
    PaperKind.HOUSEHOLD_BUSINESS_APPLICATION: _names(
        "address addressee business_address business_code business_line business_name capital_vnd citizen_id "
        "citizen_id_issue_date citizen_id_issue_place date_of_birth document_date email ethnicity full_name "
        "gender nationality phone start_date tax_code workers"
    ),
    PaperKind.LAND_CHANGE_APPLICATION: _names(
        "address addressee area_m2 certificate_book_number certificate_issue_date certificate_number "
        "change_content citizen_id citizen_id_issue_date citizen_id_issue_place date_of_birth document_date "
        "email full_name land_address map_sheet parcel_number phone reason"
    ),
    PaperKind.LAND_TRANSFER_CONTRACT: _names(
        "amount_vnd area_m2 certificate_issue_date certificate_number document_date document_number "
        "land_address land_use_purpose map_sheet notarization_number notary_name parcel_number "
        "transferee_address transferee_citizen_id transferee_citizen_id_issue_date transferee_date_of_birth "
        "transferee_name transferee_spouse_citizen_id transferee_spouse_name transferor_address "
        "transferor_citizen_id transferor_citizen_id_issue_date transferor_date_of_birth transferor_name "
        "transferor_spouse_citizen_id transferor_spouse_name use_term"
    ),
    PaperKind.LAND_USE_CERTIFICATE: _names(
        "address area_m2 certificate_book_number citizen_id date_of_birth document_number full_name "
        "issue_date issuing_authority land_address land_origin land_use_purpose map_sheet parcel_number "
        "signer_name spouse_citizen_id spouse_date_of_birth spouse_name use_form use_term"
    ),
    PaperKind.MARITAL_STATUS_CERTIFICATE: _names(
        "address applicant_name citizen_id citizen_id_issue_date citizen_id_issue_place date_of_birth "
        "document_number ethnicity full_name gender issue_date issuing_authority marital_status nationality "
        "purpose signer_name"
    ),
    PaperKind.MARITAL_STATUS_DECLARATION: _names(
        "address addressee applicant_address applicant_citizen_id applicant_citizen_id_issue_date "
        "applicant_citizen_id_issue_place applicant_name applicant_relationship citizen_id "
        "citizen_id_issue_date citizen_id_issue_place date_of_birth document_date ethnicity full_name gender "
        "marital_status nationality phone purpose"
    ),
    PaperKind.MARRIAGE_CERTIFICATE: _names(
        "document_number husband_address husband_citizen_id husband_date_of_birth husband_ethnicity "
        "husband_name husband_nationality issue_date issuing_authority registration_place signer_name "
        "wife_address wife_citizen_id wife_date_of_birth wife_ethnicity wife_name wife_nationality"
    ),
    PaperKind.MARRIAGE_REGISTRATION_DECLARATION: _names(
        "addressee copies_requested document_date husband_address husband_citizen_id "
        "husband_citizen_id_issue_date husband_citizen_id_issue_place husband_date_of_birth husband_ethnicity "
        "husband_marriage_order husband_name husband_nationality wife_address wife_citizen_id "
        "wife_citizen_id_issue_date wife_citizen_id_issue_place wife_date_of_birth wife_ethnicity "
        "wife_marriage_order wife_name wife_nationality"
    ),
    PaperKind.MEDICAL_BIRTH_CERTIFICATE: _names(
        "birth_attendant birth_weight_g book_number date_of_birth document_number father_name full_name "
        "gender issue_date issuing_authority mother_address mother_citizen_id mother_citizen_id_issue_date "
        "mother_citizen_id_issue_place mother_date_of_birth mother_ethnicity mother_health_insurance_number "
        "mother_name place_of_birth signer_name time_of_birth"
    ),
    PaperKind.OFFICIAL_LETTER: _names(
        "addressee area_m2 deadline document_number full_name issue_date issuing_authority map_sheet "
        "parcel_number phone signer_name subject"
    ),
    PaperKind.POWER_OF_ATTORNEY: _names(
        "agent_address agent_citizen_id agent_citizen_id_issue_date agent_citizen_id_issue_place "
        "agent_date_of_birth agent_gender agent_name agent_phone document_date notarization_number "
        "notary_name principal_address principal_citizen_id principal_citizen_id_issue_date "
        "principal_citizen_id_issue_place principal_date_of_birth principal_gender principal_name "
        "principal_phone relationship scope term"
    ),
    PaperKind.RESIDENCE_CONFIRMATION: _names(
        "address citizen_id date_of_birth document_number ethnicity expiry_date full_name gender hometown "
        "household_head household_relationship issue_date issuing_authority nationality signer_name "
        "temporary_address"
    ),
    PaperKind.SOCIAL_ASSISTANCE_DECLARATION: _names(
        "address applicant_address applicant_citizen_id applicant_citizen_id_issue_date applicant_name "
        "applicant_relationship citizen_id citizen_id_issue_date citizen_id_issue_place date_of_birth "
        "document_date ethnicity full_name gender"
    ),
    PaperKind.OTHER: _names("document_number document_type issue_date issuing_authority signer_name subject"),
    PaperKind.UNREADABLE: (),
}

"""The closed set of facts that a condition of the catalogue may ask for.

Each has a question for people in the wording area `catalogue` (`fact_<name>`), so an officer or the assistant can ask.
"""

from enum import StrEnum


class Fact(StrEnum):
    """A yes-or-no fact of one dossier; what a dossier does not show is unknown, never no."""

    ABANDONED_CHILD = "abandoned_child"
    AGENT_SUBMITS = "agent_submits"
    BORN_AT_FACILITY = "born_at_facility"
    DATA_RETRIEVABLE = "data_retrievable"
    DEATH_NOTICE_EXISTS = "death_notice_exists"
    DISABLED = "disabled"
    DIVORCED_ABROAD = "divorced_abroad"
    FEE_EXEMPT = "fee_exempt"
    FIRE_REVIEW_REQUIRED = "fire_review_required"
    FOREIGN_PARTY = "foreign_party"
    GROUP_OWNED = "group_owned"
    GUARDIAN_APPOINTED = "guardian_appointed"
    HAS_MEDICAL_RECORD = "has_medical_record"
    HOUSEHOLD_MEMBERS = "household_members"
    IN_POPULATION_DATABASE = "in_population_database"
    JOINS_HOUSEHOLD = "joins_household"
    LAND_DATA_RETRIEVABLE = "land_data_retrievable"
    MORTGAGED = "mortgaged"
    NOT_CERTIFICATE_HOLDER = "not_certificate_holder"
    ONLINE = "online"
    OWNER_CHANGES = "owner_changes"
    PARENTS_MARRIED = "parents_married"
    PART_OF_PARCEL = "part_of_parcel"
    PREVIOUS_CARD = "previous_card"
    PREVIOUSLY_CERTIFIED = "previously_certified"
    PREVIOUSLY_MARRIED = "previously_married"
    SPECIAL_CASE = "special_case"
    STATE_EMPLOYEE = "state_employee"
    SURROGACY = "surrogacy"
    SURVEYED_ANEW = "surveyed_anew"
    UNDER_14 = "under_14"

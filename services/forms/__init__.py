"""The forms 01–07 of Circular 03/2025/TT-VPCP, laid out as Decree 30/2020 asks, as PDF and DOCX."""

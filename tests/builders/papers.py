"""Typed papers of a family that does not exist, in the wording of the official forms."""

BIRTH_DECLARATION = """
            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
               Độc lập - Tự do - Hạnh phúc
                TỜ KHAI ĐĂNG KÝ KHAI SINH
  Kính gửi: Ủy ban nhân dân xã Yên Trạch, tỉnh Lạng Sơn
Họ, chữ đệm, tên người yêu cầu: Hoàng Văn Thắng
Nơi cư trú: Thôn Nà Pục, xã Cao Lộc, tỉnh Lạng Sơn
Giấy tờ tùy thân: CCCD số 020090001234, cấp ngày 12/03/2021
Quan hệ với người được khai sinh: Cha
Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:
Họ, chữ đệm, tên: HOÀNG MINH AN
Ngày, tháng, năm sinh: 02/09/2026 ghi bằng chữ: ngày hai tháng chín
Giới tính: Nam   Dân tộc: Tày   Quốc tịch: Việt Nam
Nơi sinh: Bệnh viện Đa khoa tỉnh Lạng Sơn
Quê quán: ........ xã Cao Lộc, tỉnh Lạng Sơn ........
Họ, chữ đệm, tên người mẹ: Nông Thị Hoa
Năm sinh: 1995 Dân tộc: Nùng Quốc tịch: Việt Nam
Nơi cư trú: Thôn Nà Pục, xã Cao Lộc, tỉnh Lạng Sơn
Họ, chữ đệm, tên người cha: Hoàng Văn Thắng
Năm sinh: 1990 Dân tộc: Tày Quốc tịch: Việt Nam
Nơi cư trú: Thôn Nà Pục, xã Cao Lộc, tỉnh Lạng Sơn
Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật
     Làm tại: Cao Lộc, ngày 05 tháng 10 năm 2026
"""

MARRIAGE_DECLARATION = """
            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                TỜ KHAI ĐĂNG KÝ KẾT HÔN
  Kính gửi: Ủy ban nhân dân phường Tam Thanh
Thông tin                  Bên nam                      Bên nữ
Họ, chữ đệm, tên           Lương Văn Bắc                Vi Thị Mai
Ngày, tháng, năm sinh      04/05/1996                   17/11/1998
Dân tộc                    Tày                          Nùng
Quốc tịch                  Việt Nam                     Việt Nam
Kết hôn lần thứ mấy        1                            2
     Làm tại: Tam Thanh, ngày 05 tháng 10 năm 2026
"""

BIRTH_NOTICE = """
 BỆNH VIỆN ĐA KHOA LẠNG SƠN       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 Số: 215/2026                      Độc lập - Tự do - Hạnh phúc
                GIẤY CHỨNG SINH
Họ và tên mẹ: Nông Thị Hoa
Năm sinh: 1995
Dân tộc: Nùng
Đã sinh con vào lúc: 08 giờ 15 phút, ngày 02 tháng 09 năm 2026
Giới tính của con: Nam     Cân nặng: 3.200 gram
Dự định đặt tên con là: Hoàng Minh An
"""

DECISION = """
 ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 XÃ YÊN TRẠCH                          Độc lập - Tự do - Hạnh phúc
 Số: 15/QĐ-UBND                      Yên Trạch, ngày 12 tháng 8 năm 2026

                      QUYẾT ĐỊNH
       Về việc hỗ trợ nhà ở cho hộ nghèo năm 2026

              CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ

 Căn cứ Luật Tổ chức chính quyền địa phương;
 Điều 1. Hỗ trợ nhà ở cho các hộ nghèo.

 Nơi nhận:                                   CHỦ TỊCH


 - Lưu: VT.                               Đàm Quốc Tuấn
"""

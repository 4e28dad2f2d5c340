"""What the columns of a roster are called, and which field of the form each one fills. Data, and its folding.

Two ranks: a *sure* word names one field only; a *loose* one (电话, 类别) gives way where another column names the field
surely. Words are written as `fold_header` folds them: no blanks, no punctuation, lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

EITHER_NUMBER = "personal.exam_number|personal.student_number"  # 准考证号（成教生填学号）: the portal has one box (M7)
ANY_CONTACT = "thesis.advisor_contacts"  # which kind it is shows in the cell (M13)
UNNEEDED = ""  # a column that is known and fills no field

SURE = {
    "personal.name": """
        姓名 学生姓名 考生姓名 申请人姓名 学员姓名 毕业生姓名 申请人 本人姓名 真实姓名 中文姓名 名字 xm xingming name
        fullname studentname applicantname candidatename
    """,
    "personal.id_number": """
        身份证号 身份证号码 身份证件号 身份证件号码 身份证编号 公民身份号码 公民身份证号 公民身份证号码
        居民身份证号 居民身份证号码 二代身份证号 有效证件号码 证件号码 证件号 有效证件号 18位身份证号
        学生身份证号 考生身份证号 本人身份证号 sfz sfzh sfzhm idnumber idno idcard idcardno idcardnumber identitynumber
        identitycardnumber residentidnumber
    """,
    "personal.birth_date": "出生日期 出生年月 出生年月日 出生时间 生日 csrq csny birthdate birthday dateofbirth",
    "personal.sex": "性别 xb sex gender",
    "personal.mobile": """
        手机 手机号 手机号码 移动电话 联系手机 联系手机号 本人手机 本人手机号 学生手机 学生手机号 考生手机 考生手机号
        手机电话 sj sjh sjhm mobile mobileno mobilenumber mobilephone cellphone
    """,
    "personal.exam_number": """
        准考证号 准考证号码 自考准考证号 自学考试准考证号 自考号 12位准考证号 考籍号 考籍准考证号
        考籍编号 zkzh zkzhm examnumber examno exampermitnumber admissionticketnumber
    """,
    "personal.student_number": "学号 学生学号 学生号 学员号 学员编号 学生编号 xh studentnumber studentno studentid",
    EITHER_NUMBER: """
        准考证号学号 准考证号或学号 学号准考证号 学号或准考证号 准考证号成教生填学号 准考证学号 考号学号
        准考证号自考学号成教
    """,
    "institution.school": """
        学校 学校名称 院校 院校名称 主考院校 主考学校 申请学校 申请院校 毕业院校 毕业学校 学位授予单位 授予学位单位
        主考院校名称 yxmc school schoolname university institution
    """,
    "institution.entry_date": """
        入学时间 入学日期 入学年月 入学年月日 入籍时间 rxsj rxrq rxny entrydate enrolmentdate enrollmentdate
        admissiondate
    """,
    "institution.graduation_date": """
        毕业时间 毕业日期 毕业年月 毕业年月日 毕业证时间 毕业证日期 毕业证书日期 毕业证书时间 毕业证发证日期
        毕业证落款时间 bysj byrq byny graduationdate dateofgraduation
    """,
    "institution.diploma_number": """
        毕业证号 毕业证号码 毕业证编号 毕业证书号 毕业证书号码 毕业证书编号 学历证书编号 学历证号 学历证书号
        byzh byzbh byzsbh diplomanumber diplomano graduationcertificatenumber
    """,
    "courses.major": """
        专业 专业名称 申请专业 报考专业 所学专业 毕业专业 就读专业 学位专业 申请学位专业 申报专业 主考专业 专业全称
        自考专业 zy zymc major majorname
    """,
    "courses.average_score": """
        平均成绩 平均分 平均分数 课程平均成绩 课程平均分 各科平均成绩 各科平均分 各门课程平均成绩 平均成绩不含论文
        课程平均成绩不含论文 总平均成绩 总平均分 全部课程平均成绩 pjcj pjf averagescore averagegrade average
        courseaverage
    """,
    "courses.thesis_score": """
        论文成绩 毕业论文成绩 学位论文成绩 论文分数 论文得分 毕业论文分数 毕业设计成绩 毕业论文设计成绩 论文设计成绩
        毕业考核成绩 lwcj thesisscore thesisgrade
    """,
    "thesis.title": """
        论文题目 论文标题 论文名称 毕业论文题目 毕业论文标题 毕业论文名称 学位论文题目 毕业设计题目 毕业论文设计题目
        论文设计题目 毕业设计名称 lwtm thesistitle titleofthesis
    """,
    "thesis.research_direction": "研究方向 论文方向 论文研究方向 论文选题方向 yjfx researchdirection researchfield",
    "thesis.keywords": "关键词 关键字 论文关键词 论文关键字 gjc keywords",
    "thesis.advisor": """
        指导教师 指导老师 导师 指导教师姓名 指导老师姓名 导师姓名 论文指导教师 论文指导老师 毕业论文指导教师
        毕业论文指导老师 论文导师 zdjs advisor adviser supervisor thesisadvisor tutor
    """,
    ANY_CONTACT: """
        指导教师联系方式 指导教师电话 指导教师联系电话 指导教师手机 指导教师手机号 指导教师手机号码 指导老师联系方式
        指导老师电话 指导老师联系电话 指导老师手机 指导老师手机号 导师联系方式 导师电话 导师联系电话 导师手机
        论文指导教师联系方式 论文指导教师电话 advisorcontact advisorphone advisormobile supervisorcontact
    """,
    "language.route": """
        外语条件 外语类型 外语类别 外语证书类型 外语证书类别 外语证书种类 外语水平类型 外语途径 外语合格方式 英语条件
        英语类型 英语证书类型 申请条件外语 学位外语条件 外语成绩类型 languageroute languagecondition route
    """,
    "language.certificate_number": """
        外语证书编号 外语证书号 外语证书号码 外语合格证编号 外语合格证号 外语合格证书编号 外语编号 英语证书编号
        英语证书号 英语等级证书编号 四级证书编号 四级成绩单编号 四级成绩报告单编号 成绩报告单编号 cet4成绩单编号
        cet4证书编号 cet4编号 cet4成绩报告单编号 四级编号 pets证书编号 pets编号 学位外语合格证号 学位外语证书编号
        学位外语编号 学位英语证书编号 学位英语合格证号 certificatenumber certificateno languagecertificatenumber
    """,
    "language.score": """
        外语成绩 外语分数 英语成绩 四级成绩 四级分数 cet4成绩 英语四级成绩 学位外语成绩 学位英语成绩 英语二成绩
        pets成绩 languagescore cet4score
    """,
    "applicant_type": """
        考生类型 考生类别 学生类型 学生类别 申请人类型 申请人类别 学员类型 学员类别 生源类型 生源类别 申请类型 申请类别
        学习类型 教育类型 教育类别 kslb kslx applicanttype studenttype candidatetype
    """,
    UNNEEDED: """
        序号 编号 行号 备注 说明 班级 班级名称 年级 届别 民族 籍贯 户籍 户口所在地 政治面貌 层次 学历 学历层次 培养层次
        学习形式 学制 学位类型 学位类别 学位 学科门类 助学点 助学单位 助学机构 站点 教学点 教学站 函授站 学习中心
        辅导员 班主任 负责人 学院 二级学院 系部 系别 所属学院 邮箱 电子邮箱 电子邮件 通讯地址 联系地址 家庭住址 地址
        邮编 邮政编码 qq qq号 微信 微信号 紧急联系人 紧急联系电话 填表日期 填表人 签名 学生签名 本人签名 照片
        是否通过 审核结果 审核意见 审核人 状态 专业代码 学校代码 院校代码 证件类型 国籍 批次 考区 报名号 学籍号
        no index number remark remarks note notes class grade email address postcode ethnicity
    """,
}

LOOSE = {
    "personal.name": "学生 考生 学员 人员",
    "personal.id_number": "身份证 居民身份证",  # the paper's name: its number, or a tick that it was handed in
    "personal.mobile": """
        电话 电话号码 联系电话 联系方式 本人电话 学生电话 考生电话 lxdh lxfs phone phonenumber tel telephone contact
    """,
    "personal.exam_number": "考号 考生号 准考证 自考准考证",
    "institution.diploma_number": "毕业证 毕业证书",
    "courses.thesis_score": "论文",
    "thesis.title": "题目 title",
    "language.certificate_number": "证书编号 证书号 证书号码 合格证编号 成绩单编号",
    "language.score": "外语分",
    "language.route": "外语 外语证书 英语证书 外语语种 外语水平",
    "applicant_type": "类别 类型 type category",
}

# Words over several columns that say nothing of their own: 个人信息 over 姓名, 性别, 身份证号.
_GROUPS = re.compile("(信息|情况|资料|基本|内容|栏|部分)+$")
_SILENT = "个人 学生 考生 申请人 学员 基本 院校 学校 课程 成绩 证书 毕业 学籍 联系 申请 学业 学历 学位 personal"
_SILENT_GROUPS = frozenset(_SILENT.split())

_REMARK = re.compile(r"[(\[{<【《].*?[)\]}>】》]")
_LATIN = re.compile(r"[A-Za-z]+")
_PUNCTUATION = re.compile(r"[^\w]|_")


def _table(ranked: dict[str, str]) -> dict[str, str]:
    return {word: field for field, words in ranked.items() for word in words.split()}


_SURE, _LOOSE = _table(SURE), _table(LOOSE)


def fold_header(text: str) -> str:
    """A column's name without blanks, punctuation and differences of width and case."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text[:100]).casefold())


def field_of(header: str) -> tuple[str, bool] | None:
    """The field that a column's name means and whether surely; None for a name that is not known.

    A remark in brackets counts where the whole is known (英语（二）成绩, 准考证号（成教生填学号）), else it is left
    out; so is a translation beside the Chinese name (姓名 Name).
    """
    whole = unicodedata.normalize("NFKC", header[:100])
    plain = _REMARK.sub("", whole)
    for text in (whole, plain, _LATIN.sub("", plain)):
        folded = fold_header(text)
        if folded in _SURE:
            return _SURE[folded], True
        if folded in _LOOSE:
            return _LOOSE[folded], False
    return None


def joined(over: str, under: str) -> str:
    """What a column is called whose name stands in two rows: 毕业论文 over 题目 is 毕业论文题目."""
    if not over or not under:
        return over or under
    bare = _GROUPS.sub("", fold_header(over))
    both = bare + fold_header(under)
    if field_of(both) is not None:
        return both
    return under if not bare or bare in _SILENT_GROUPS else f"{over}{under}"


def known(headers: Iterable[str]) -> int:
    """How many of these names are known."""
    return sum(field_of(header) is not None for header in headers if header)

"""The words by which people name the papers of a degree application: the table that `slot_names` reads, data only.

The table is closed on purpose. A file name gets a slot only when *every* part of it is known: a word below, a number,
or something shaped like a person's name. So a word that is missing here costs a guess, never a wrong slot. The words
come from the portal's labels (M14, M15, M17, M22, M24), from the file names that phones, messengers and scanner
programs write, and from how students and helping units name what they send (F, at the counselor's desk).

All words are written as `slot_reading` folds them: simplified characters, lower case, Latin words without blanks.
"""

# The order of the slots is the form's.
SLOTS = (
    "photo", "id_card_portrait", "id_card_emblem", "exam_permit", "transcript", "registration_page",
    "graduation_certificate", "language_certificate", "english_two_score", "degree_exam_sheet",
    "thesis_document", "similarity_report", "proposal_report", "task_book", "other",
)  # fmt: skip

# One tag = one meaning. What a *set* of tags means stands in READINGS; a set that is not there means nothing.
TAGS = {
    # Pictures. "照片" alone is the photo (M15); beside a paper's name it only says that the paper was photographed.
    "picture": "照片 相片 彩照 photo photos zhaopian xiangpian",
    "portrait_photo": """
        电子照 电子照片 电子相片 电子证件照 证件照 登记照 登记照片 标准照 免冠 免冠照 免冠照片 免冠彩照 免冠证件照
        蓝底 蓝底照 蓝底照片 蓝底证件照 蓝底证件照片 电子证件照片 免冠证件照片 寸照 寸照片 二寸 两寸 2寸 二吋 两吋
        2吋 小二寸 小2寸 二寸照 两寸照 2寸照 二寸照片 两寸照片 2寸照片 二吋照片 两吋照片 2吋照片 dianzizhao
        dianzizhaopian zhengjianzhao landizhao landizhaopian
    """,
    "either_photo": "证件照片",  # the photo; but a folder of that name may hold pictures of papers
    # ID card. 正面 and 反面 name either side, depending on whom one asks; only 人像面 and 国徽面 are certain (M15).
    "id": """
        身份证 身份证件 居民身份证 二代身份证 二代居民身份证 idcard identitycard idphoto idcardphoto shenfenzheng sfz
    """,
    "side": "正面 反面 背面 front back frontside backside",
    "both_sides": "正反面 正反两面 正反 正背面 双面 两面 bothsides frontandback",
    "portrait_side": "人像面 人脸面 人像页 头像面 照片面 相片面 renxiangmian portraitside idcardportrait",
    "emblem_side": "国徽面 国徽页 guohuimian emblemside idcardemblem nationalemblemside",
    "portrait_word": "人像 头像",
    "emblem_word": "国徽 emblem nationalemblem",
    "permit": "准考证 zhunkaozheng exampermit admissionticket examadmissionticket",
    # Grades. 成绩 without 单 may be any screenshot; 成绩报告单 is what CET calls its certificate, but not it alone.
    "transcript": "成绩单 总成绩单 各科成绩单 课程成绩单 毕业生成绩单 chengjidan transcript transcripts",
    "score": "成绩 科目信息 科目成绩 课程成绩 score scores",
    "score_report": "成绩报告单 scorereport",
    "score_notice": "成绩通知单 成绩通知书 成绩报告",
    "registration": """
        考籍 考籍信息 考籍信息页 考籍档案 考籍档案页 考籍档案信息 考籍基本信息 考籍档案基本信息 考籍页 考籍页面
        考籍卡 考籍表 考籍系统 考籍管理系统 考籍信息表 考籍基本信息表 考籍档案表 考籍档案卡 kaoji kaojidangan
        kaojixinxi registrationpage
    """,
    # Certificates. 学位证 is what the person is applying for: no slot takes it.
    "graduation": """
        毕业证 毕业证书 学历证 学历证书 biyezheng biyezhengshu diploma graduationcertificate graduationcert
    """,
    "degree_certificate": "学位证 学位证书 学士学位证 学士学位证书 xueweizheng xueweizhengshu degreecertificate",
    "certificate": "证书 合格证 合格证书 等级证 等级证书 zhengshu certificate certificates",
    "course_pass": "课程合格单 课程合格证 课程合格证书 合格单",
    # Languages (M19-M24).
    "cet": """
        四级 四级证 四级证书 英语四级 英语四级证 英语四级证书 大学英语四级 大学英语四级考试 全国大学英语四级
        全国大学英语四级考试 全国大学英语四级考试证书 cet siji yingyusiji daxueyingyusiji sijizhengshu sijichengjidan
    """,
    "cet6": "六级 英语六级 大学英语六级 大学英语六级考试",
    "pets": "pets 公共英语 公共英语等级 公共英语等级考试 全国英语等级 全国英语等级考试 全国公共英语等级考试",
    "language": "外语证书 英语证书 英语等级证书 外语等级证书 languagecertificate waiyuzhengshu yingyuzhengshu",
    "english_two": "英语二 yingyuer yingyuerchengji englishtwo englishtwoscore",
    "unified": "统考 统考课程 统考科目",
    "degree_exam": "学位外语 学位英语 学士学位外语 学士学位英语 xueweiwaiyu xueweiyingyu",
    "degree_exam_sitting": "学位外语考试 学位英语考试 学士学位外语考试 学士学位英语考试",
    "sheet": """
        空白a4纸 空白a4 说明 情况说明 编号 合格编号 证书编号 合格证编号 合格证书编号 毕业证号 毕业证书号 毕业证编号
        毕业证书编号 证书号 编号说明 白纸 空白纸 a4 a4纸 手写 手写件 手写说明
    """,
    "degree_exam_sheet": "degreeexamsheet",
    # Thesis papers (M14). 毕业设计 is what engineering majors call the thesis.
    "thesis": """
        论文 毕业论文 学位论文 学士论文 学士学位论文 本科论文 本科毕业论文 本科学位论文 毕业论文设计 毕业设计
        毕业设计论文 毕设 毕设论文 论文文档 论文正文 论文终稿 论文定稿 论文全文 lunwen biyelunwen thesis dissertation
        thesisdocument thesisfinal
    """,
    "similarity": """
        论文查重报告 论文查重报告单 论文查重检测报告 论文查重结果 查重报告 查重报告单 查重检测报告 查重检测报告单
        查重结果 查重结果报告 论文检测报告 论文检测报告单 论文相似度报告 论文重复率报告 文本复制检测报告
        文本复制检测报告单 文本复制比检测报告 相似性检测报告 相似度检测报告 相似度报告 重复率检测报告 重复率报告
        知网检测报告 维普检测报告 万方检测报告 学术不端检测报告 chachongbaogao similarityreport similaritycheckreport
        plagiarismreport plagiarismcheckreport
    """,
    # Not the report for certain: a .docx of this name may be the thesis that was sent to the check.
    "similarity_weak": "查重 查重检测 论文查重 chachong similaritycheck plagiarismcheck",
    "check_report": "检测报告 检测报告单 检测结果",
    "proposal": """
        开题报告 开题报告书 开题报告表 开题 kaiti kaitibaogao proposal thesisproposal proposalreport openingreport
    """,
    "task": "任务书 renwushu taskbook tasksheet assignmentbook",
    # Words of folders that gather several slots, and words that settle nothing alone.
    "papers": """
        证件 证件信息 证件材料 证件资料 证书信息 证书材料 证书资料 论文材料 论文资料 论文信息 论文相关 论文相关材料
        毕业论文相关 毕业设计相关 毕业论文材料 毕业论文资料 毕业设计材料 毕业设计资料 zhengjian materials
    """,
    "graduation_word": "毕业 biye graduation",
    "degree_word": "学位 学士 学士学位 本科学位 xuewei",  # 学位准考证 is the language exam's
    # Services that check theses; 知网论文 is somebody's, 知网检测报告 the report.
    "checker": "知网 维普 万方 格子达 paperpass paperyy papertime turnitin cnki wanfang",
    "other_word": "其他 其它 其他材料 其它材料 其他证书 其它证书 其他证明材料 qita other others",
}  # fmt: skip

# slot: the sets of tags that mean it, after `slot_names` has dropped what does not matter beside a paper (see PAPERS).
READINGS = {
    "photo": (
        "picture", "portrait_photo", "picture portrait_photo", "either_photo", "either_photo portrait_photo",
    ),
    "id_card_portrait": (
        "portrait_side", "id portrait_side", "side portrait_side", "id side portrait_side", "id portrait_word",
        "id side portrait_word",
    ),
    "id_card_emblem": (
        "emblem_side", "id emblem_side", "side emblem_side", "id side emblem_side", "id emblem_word",
        "id side emblem_word",
    ),
    "exam_permit": ("permit",),
    "transcript": ("transcript", "transcript score"),
    "registration_page": ("registration",),
    "graduation_certificate": ("graduation", "graduation certificate"),
    "language_certificate": (
        "language", "language certificate", "cet", "cet certificate", "cet transcript", "cet score", "cet score_report",
        "cet certificate transcript", "cet certificate score_report", "cet language", "pets", "pets certificate",
        "pets transcript", "pets score", "pets score_report", "pets language",
    ),
    # M24: the screenshot of the 英语二 score; a *certificate* of that course may belong elsewhere, so it is not here.
    "english_two_score": (
        "english_two", "english_two score", "english_two transcript", "english_two unified",
        "english_two score unified", "english_two transcript unified",
    ),
    # M22: the sheet written by the applicant. A score or certificate of the 学位外语 exam may go two ways: not here.
    "degree_exam_sheet": ("degree_exam_sheet", "degree_exam sheet", "degree_exam certificate sheet"),
    "thesis_document": ("thesis",),
    "similarity_report": (
        "similarity", "similarity thesis", "similarity_weak", "similarity_weak thesis", "similarity similarity_weak",
        "similarity similarity_weak thesis", "similarity checker", "similarity checker thesis",
        "similarity_weak checker", "similarity_weak checker thesis", "check_report thesis", "check_report checker",
        "check_report checker thesis", "check_report similarity_weak", "check_report similarity_weak thesis",
        "check_report similarity_weak checker",
    ),
    "proposal_report": ("proposal", "proposal thesis"),
    "task_book": ("task", "task thesis"),
}  # fmt: skip

# What a tag may come to in the end: shown as candidates, settled by what the picture shows.
CANDIDATES = {
    "picture": "photo", "portrait_photo": "photo", "either_photo": "photo",
    "id": "id_card_portrait id_card_emblem", "side": "id_card_portrait id_card_emblem",
    "both_sides": "id_card_portrait id_card_emblem", "portrait_side": "id_card_portrait",
    "emblem_side": "id_card_emblem", "portrait_word": "photo id_card_portrait", "emblem_word": "id_card_emblem",
    "permit": "exam_permit", "transcript": "transcript", "score": "transcript english_two_score",
    "score_report": "transcript language_certificate", "score_notice": "language_certificate",
    "registration": "registration_page", "graduation": "graduation_certificate",
    "certificate": "graduation_certificate language_certificate",
    "course_pass": "language_certificate english_two_score", "cet": "language_certificate",
    "cet6": "language_certificate", "pets": "language_certificate", "language": "language_certificate",
    "english_two": "english_two_score", "degree_exam": "language_certificate degree_exam_sheet",
    "degree_exam_sitting": "language_certificate degree_exam_sheet",
    "degree_exam_sheet": "degree_exam_sheet", "thesis": "thesis_document", "similarity": "similarity_report",
    "similarity_weak": "similarity_report", "check_report": "similarity_report", "proposal": "proposal_report",
    "task": "task_book", "other_word": "other",
}  # fmt: skip

# Beside one of these, 正面 says which of its pages it is, and is dropped.
PAGED = frozenset(
    {"permit", "transcript", "registration", "graduation", "cet", "pets", "language", "english_two"}
    | {"similarity", "similarity_weak", "check_report", "proposal", "task"}
)
# Beside one of these, 毕业, 学位 and 证件材料 say nothing.
PAPERS = PAGED | {"thesis", "portrait_side", "emblem_side"}
# Beside one of these, 照片 says that it was photographed. Not beside 四级 or 考籍: that may be the photo for it.
PHOTOGRAPHED = frozenset(
    {"permit", "transcript", "graduation", "certificate", "score_report", "language", "score"}
    | {"similarity", "proposal", "task", "portrait_side", "emblem_side"}
)
# Certain whatever folder they lie in: no folder makes a 毕业证 something else. 成绩单, 准考证 and 照片 do change
# (四级/成绩单.jpg is no transcript).
CERTAIN = frozenset(
    {"id_card_portrait", "id_card_emblem", "graduation_certificate", "registration_page"}
    | {"similarity_report", "proposal_report", "task_book"}
)
# A folder of this name says where to look, not what a file is, once the file says it itself.
GATHERING = frozenset({"papers", "degree_certificate", "degree_word", "certificate", "other_word", "picture"})
# Papers whose names carry the thesis title: "开题报告-基于…的设计.docx".
TITLED = frozenset({"thesis", "similarity", "similarity_weak", "check_report", "checker", "proposal", "task"})
# Pairs that make a third paper of two: another exam's permit, the thesis's own grade. No slot, and no candidates.
NEITHER = (
    "permit cet", "permit cet6", "permit pets", "permit english_two", "permit language", "permit degree_exam",
    "permit degree_exam_sitting", "thesis picture", "thesis portrait_photo", "thesis transcript", "thesis score",
    "thesis score_report",
)  # fmt: skip
# Between two papers they say that the file holds both: 毕业论文和查重报告.pdf.
JOINING = frozenset("和与及跟加+&、,/")
# One meaning, one file: of two claimants neither is taken.
SINGLE = frozenset({"photo", "thesis_document"})

# Words that settle nothing, and where they are harmless: see BARRED.
FILLERS = {
    # Versions, purposes, kinds of study: they change nothing anywhere.
    "noise": """
        修订 修订版 近半年 半年内 扫描版 原图 原版 原始 电子版 电子档 电子件 电子 彩色 高清 高清版 清晰 清晰版 正式
        正式版 修改 修改版 修改后 改后 更新 更新版 新版 最新 最新版 压缩 压缩版 压缩后 裁剪 裁剪后 处理后 旋转 转正
        打印版 pdf版 word版 副本 复件 拷贝 近期 补交 补传 重新上传 重拍 重传 学位申请 学位申报 学士学位申请
        学士学位申报 学位证申请 申请学位 申请学位证 学位证书申请 自考 自学考试 高等教育自学考试 高等教育自考 高自考
        自考助学 助学 社会考生 本科 本科生 自考本科 独立本科段 本科段 上半年 下半年 年度 春季 秋季 本人 个人 我的 自己
        自己的 考生 自考生 新建 新建文件夹 未命名 未标题 无标题 上午 下午 final version ver new copy of my the for and
        degree bachelor color colour bg inch hd original edited edit compressed img image dsc dscn pxl mvimg pdf jpg
        png doc docx wps word microsoft at am pm xinjian fuben zikao cqust dianziban gaoqing untitled tmp temp
    """,
    # Whose it is, where from, which heap: 材料照片 glued together shows papers, 材料-照片 is the photo.
    "label": """
        data 学位申请资料 申请学位资料 申报学位 申报学位材料 学士学位材料 压缩包 打包 微信文件 文件夹 学位申请材料
        学位材料 学位资料 学位证申请材料 学位证申请资料 学位证材料 学位证资料 申请学位材料 申请材料 申报材料 申请资料
        毕业材料 毕业资料 自考办 自考系统 主考院校 重庆科技学院 重庆科技大学 重科院 重科大 重科 重庆理工大学 重理工
        重庆城市科技学院 城科院 教育考试院 重庆市教育考试院 个人材料 个人资料 姓名 学号 考号 考生号 准考证号
        准考证号码 身份证号 身份证号码 手机号 文档 文件 文稿 简洁版 详细版 全文对照版 旗舰版 免费版 第一批 第二批
    """,
    # Done to a paper; a photo is not stamped, and 原件照片 shows papers.
    "handled": """
        扫描件 扫描 影印件 彩色扫描件 彩扫 彩印 彩打 打印 原件 复印件 复印 纸质 纸质版 盖章 盖章版 已盖章 盖章件 鲜章
        盖鲜章 加盖鲜章 带章 有章 公章 加盖公章 盖公章 带公章 签字 签字版 已签字 签名 首页 内页 左半 右半 上半 下半
        上半部分 下半部分 saomiao saomiaojian scan scanned scanner signed stamped page pages
    """,
    # How a picture came about; 微信照片 may show anything, and 论文截图 is not the thesis.
    "captured": """
        下载 图片 图片版 图像 截图 截屏 屏幕截图 屏幕快照 长截图 长截屏 网页截图 系统截图 拼图 拍照 拍摄 照相 相机
        手机 微信 微信图片 微信截图 企业微信截图 企业微信图片 qq图片 qq截图 tim图片 tim截图 钉钉 钉钉图片 剪贴板
        剪贴板图片 扫描全能王 全能扫描王 扫描王 夸克 夸克扫描王 布丁扫描 白描 文档扫描 文稿扫描 新文档 美图 美图秀秀
        桌面 screenshot screen shot wechat wx weixin camera qq com tencent mm mobileqq tim mmexport camscanner cs
        adobe lens office iphone huawei xiaomi honor oppo vivo redmi snipaste mtxx beautyplus download whatsapp id
    """,
    # What goes with a paper, or is less than it: 论文附件, 四级资料.
    "loose": """
        资料 材料 附件 补充 内容 部分 document documents file files cailiao 上传 提交 upload uploads
    """,
    # A page of a query system: of scores and of the archive it is asked for (M17, M24), 毕业证查询 is not the 毕业证.
    "lookup": """
        查询 查询截图 查询结果
    """,
    # Of the photo (M15); beside a thesis 背景 is a chapter.
    "backdrop": """
        蓝色 背景 底色 蓝色背景 blue background
    """,
    # A picture of these is not the photo.
    "place": """
        学生 学校 院校 班级 专业 教务处 档案 档案袋 存档 学业 重庆 重庆市
    """,
    # 成绩单申请 asks for the paper.
    "request": """
        申请 申报 application shenqing
    """,
    # Adult education: its 准考证 is the entrance exam's, and 业余四级 a musician's.
    "adult": """
        成教 成教生 成人教育 继续教育 继续教育学院 高等学历继续教育 学历继续教育 函授 业余 专升本 chengjiao
        zhuanshengben hanshou
    """,
    # Where a folder named 论文 is all that speaks for a file, these say that it is the thesis itself.
    "final": """
        终稿 定稿 最终 最终版 最终稿 终版 完整版 完整 全文 正文 不改了 打死不改 打死不改版 再也不改
    """,
}  # fmt: skip
# slot: the kinds of fillers beside whose words, in one name, it is not given; the rest of the slots have the last line.
BARRED = {
    "photo": {"handled", "captured", "loose", "lookup", "place", "request"},
    "thesis_document": {"captured", "loose", "lookup", "backdrop", "request"},
    "exam_permit": {"adult", "loose", "lookup", "backdrop", "request"},
    "registration_page": {"loose", "backdrop", "request"},
    "english_two_score": {"loose", "backdrop", "request"},
    "language_certificate": {"adult", "loose", "backdrop", "request"},
    "degree_exam_sheet": {"captured", "loose", "lookup", "backdrop", "request"},
}
BARRED_ELSEWHERE = {"loose", "lookup", "backdrop", "request"}
# Glued to 照片 they say what it shows: 土木工程照片, 正文照片.
SHOWN = frozenset({"major", "own", "label", "adult", "final"})
# Single characters that join, count and date: 的成绩单, 第1页, 4月15日, 新.
PARTICLES = "的新版页份第个件稿终全本年月日时分秒上下中左右正副共和与及一二三四五六七八九十"

# Words after which no slot is named, by the reason.
VETO = {
    "About the paper, not the paper.": """
        承诺书 承诺 保证书 诚信 声明 声明书 授权 授权书 委托 委托书 须知 要求 模板 模版 样本 样表 样例 样张 样板 样式
        样品 示例 示范 例子 范例 范本 范文 格式 规范 指南 指引 手册 流程 教程 通知 公告 公示 通告 名单 清单 目录 汇总
        汇总表 统计 统计表 登记表 申请表 申报表 审批表 审核表 信息表 采集表 推荐表 鉴定表 鉴定 评审 评审表 评阅 评阅书
        评语 评分 评分表 意见 意见书 意见表 审核 审查 审定 记录 记录表 报名 报名表 报名信息 缴费 付款 付费 收据 发票
        回执 回执单 订单 快递 邮寄 面单 标签 背面标签 地址 编号查询 预检 填报单 存根 空白 空白表
    """,
    "Proofs that stand for a paper, or of something else.": """
        证明 证明书 毕业证明 毕业证明书 学历证明 成绩证明 在读 在读证明 在籍 学籍 学籍表 学籍卡 学信网 备案 备案表
        注册备案 认证 认证报告 学历认证 图像采集 采集 毕业生登记表 结业 结业证 肄业 肄业证 学生证 校园卡 一卡通 工作证
        社保 社保卡 医保 银行 银行卡 营业执照 资格 资格证 资格证书 资格考试 教资 教师 教师证 教师资格 会计证 建造师
        造价师 安全员 消防 护士 执业 职业 技能 驾照 驾驶 驾校 护照 港澳 通行证 居住证 户口 户口本 户口簿 结婚证 获奖
        奖状 荣誉 奖学金 竞赛 比赛 简历 自荐 工作 收入 离职 在职 就业 三方 劳动 合同 协议 协议书 核酸 健康码 疫苗
        行程码 体检 体测
    """,
    "Round the thesis, not the thesis.": """
        进度 进展 中期 中期检查 检查表 答辩 答辩记录 答辩成绩 选题 选题表 题目 提纲 大纲 摘要 致谢 谢辞 封面 封皮 封底
        外壳 外皮 扉页 参考 参考文献 文献 文献综述 综述 外文 翻译 译文 附录 附图 图纸 源码 代码 数据 初稿 草稿 一稿
        二稿 三稿 四稿 修改稿 送审稿 送审 查重稿 查重版 查重前 查重后 查重用 已查重 待查重 未查重 查重费 查重率 aigc
        ai检测 ai率 课程设计 课程论文 学年论文 小论文 期刊 发表 论文集 硕士 博士 研究生 实习 实践 实训 实验 演示
        幻灯片 ppt 海报
    """,
    "Pictures of a person that are not the photo asked for (M15), and printed matter made of it.": """
        毕业照 毕业照片 毕业相片 毕业合影 毕业合照 毕业证件照 毕业证件照片 学位照 学士照 学士服 生活照 艺术照 自拍
        自拍照 合影 合照 全家福 全身照 工作照 形象照 职业照 报名照 报名照片 婚纱照 结婚照 写真 大头贴 手持 手拿 排版
        冲印 相纸 白底 红底 灰底 白色 红色 灰色 黑白 一寸 1寸 一吋 1吋 小一寸 大一寸 大1寸 三寸 3寸 五寸 5寸 六寸 6寸
        底片
    """,
    "Another course of study, or part of one; another exam.": """
        平均 平均分 平均成绩 单科 课程 选修 必修 学科 科目 期末 期中 平时 补考 重修 考研 复试 高中 高考 高一 高二 高三
        高职 高级 高等数学 初中 小学 中学 中专 中职 技校 职高 职校 大专 专科 专科段 自考专科 高专 前置 前置学历
        第一学历 原学历 成考 成人高考 成人考试 夜大 电大 老年大学 党校 计算机 计算机二级 ncre 等级考试二级 普通话 日语
        韩语 法语 德语 俄语 汉语 托福 雅思 toefl ielts jlpt gre 商英 专四 专八 专业四级 专业八级 四六级 英语二级
        英语三级 三级 二级 一级 公务员 申论 面试 笔试 试卷 真题 题库 考场 座位 座位号 考试通知单 网报 转考 免考
    """,
    "Another person.": """
        老师 导师 指导教师 指导老师 班主任 辅导员 同学 室友 舍友 朋友 同事 父亲 母亲 爸爸 妈妈 父母 家长 配偶 老婆
        老公 妻子 丈夫 女儿 儿子 孩子 法人 监护人 代办人 代理人 担保人 经办人 别人 他人 其他人 其他同学 全班 班级成绩
    """,
    "Said by the person to be out of date, wrong or unfinished.": """
        旧 旧版 以前 之前 过期 作废 无效 废弃 废 不要 不用 不合格 未通过 不通过 驳回 退回 错误 错的 有误 重复 临时
        备份 回收站 垃圾 缓存 修改前 处理前 裁剪前 待修改 待处理 待定 未完成 半成品 缺 测试 更正 变更 注销 复习 课件
        讲义 笔记 作业 答案 视频 录音 录屏 音频
    """,
    "The same in Latin letters.": """
        template sample example instruction instructions guide notice list form draft old backup invoice receipt
        passport driver license selfie family wedding group team class course syllabus slides internship cover
        abstract references appendix supervisor advisor teacher resume cv contract agreement letter statement pledge
        requirement requirements checklist master masters phd highschool gaozhong gaokao dazhuan zhuanke zhongzhuan
        chuzhong xiaoxue chengkao kaoyan shenghuo shenghuozhao yishuzhao baoming jisuanji putonghua liuji chugao moban
        chengnuoshu shouchi xuesheng xueshengzheng jiaoshi hukou hukouben jiazhao huzhao jiaxiao fanwen yangben yangli
        shili gongshi renwu liucheng chengnuo xuzhi shenqingbiao shenhe guoqi caogao fengmian fulu fanyi zhongqi daima
        gaoshu xueji xuexin shixi yanjiusheng fuqin jiazhang hanyu hezhao
    """,
}  # fmt: skip

# Words that begin like a surname and would pass for a name. Whoever is really called so is only not recognised.
NOT_NAMES = """
安排 安全 安装 安检 安监 安管 安置 白板 常规 常见 常识 常用 陈述 陈列 陈旧 程序 程序员 程度 代办 代表 代理 代领 代写
代考 段落 段考 段测 方案 方便 方法 方格 方面 方式 方向 付清 高峰 高档 高分 高校 高质量 高新 高数 高代 高教 高工 高等
高技 高压 高频 高铁 古代 顾客 顾问 韩国 韩文 何时 何处 贺卡 胡乱 黄金 黄山 黄页 黄色 黄底 江湖 江边 江苏省 蓝天 金额
金工 金属 金奖 康复 雷达 雷同 林业 龙舟 陆续 罗列 马概 马原 马哲 马上 马拉松 马术 毛病 毛笔 毛坯 毛概 毛邓 毛中特
莫名 牛津 钱款 任何 任教 任课 任命 任务 任务单 任务表 任职 任意 施工 石膏 史料 史学 宋词 苏教 孙子 唐诗 陶瓷 田径
万能 万一 王牌 王者 温馨 温馨提示 文本 文化 文凭 文具 文科 文理 文明 文学 文章 文综 文字 武术 夏令 夏令营 夏天 夏季
夏日 向导 谢绝 许可 许可证 严格 严禁 严肃 颜色 杨梅 叶片 易错 易混 余额 余下 余项 章程 章节 曾用 曾用名 张贴 张榜
郑重 钟点 周报 周测 周考 周练 周末 周期 周围 周刊 周记 周年 朱批
"""
# English words that would pass for a name in pinyin.
ENGLISH_NOT_NAMES = """
change dance game guide he house huge like line lite made make male mate manage panda she song sushi tone tune main
here super sure longer future due suite render machine rename life live living human licence ranking mature hero
maker manager header
"""

# Majors of self-study and adult-education students, and how they shorten them; others are told by `own_words`.
MAJORS = """
工商管理 工商企业管理 工程管理 工程造价 项目管理 物流管理 财务管理 行政管理 行政管理学 公共事业管理 公共管理
人力资源管理 旅游管理 酒店管理 会展管理 教育管理 采购管理 销售管理 金融 金融管理 信息管理 信息管理与信息系统 市场营销
会计 会计学 大数据与会计 审计学 金融学 经济学 国际经济与贸易 国际贸易 电子商务 商务英语 英语语言文学 汉语言文学
汉语言 新闻学 广告学 广播电视学 法学 法律 社会工作 学前教育 小学教育 教育学 心理学 应用心理学 心理健康教育 体育教育
音乐学 美术学 动画 环境设计 环境艺术设计 视觉传达设计 数字媒体艺术 艺术设计 产品设计 工业设计 服装与服饰设计 土木工程
建筑工程 建筑学 道路桥梁与渡河工程 道路与桥梁工程 给排水科学与工程 城乡规划 测绘工程 安全工程 消防工程 石油工程
油气储运工程 资源勘查工程 采矿工程 地质工程 冶金工程 金属材料工程 材料成型及控制工程 化学工程与工艺 应用化学 环境工程
机械工程 机械设计制造及其自动化 机械制造及自动化 机械电子工程 机电一体化工程 车辆工程 汽车服务工程 电气工程及其自动化
电气工程 自动化 测控技术与仪器 电子信息工程 电子工程 通信工程 物联网工程 计算机科学与技术 计算机及应用 计算机应用
计算机网络 计算机信息管理 网络工程 软件工程 人工智能 数据科学与大数据技术 大数据技术 智能科学与技术 护理学 药学
食品科学与工程 园林 动物医学 智能制造工程 新能源科学与工程 能源与动力工程 应急管理 养老服务管理 护理 土木 机电 工管
行管 人力资源 学前 物流 营销 造价 财管 环艺 视传 电商 油储
"""

# The commonest surnames; left out: those whose character more often begins an ordinary word (成 计 单 平 申 毕).
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙朱马胡郭何高罗林郑梁谢宋唐韩许冯邓曹彭曾肖萧田董袁于潘蒋杜蔡余程魏叶"
    "吕丁苏任沈姚姜卢崔钟谭汪范陆金石廖贾夏付傅韦邹白熊孟秦邱尹江薛闫阎侯段雷史龙陶顾贺黎郝毛邵龚"
    "万钱武严戴孔向覃常汤莫康文牛代赖洪葛施邢安樊乔易庞倪伍鲁聂章岳颜殷翟耿欧庄焦兰俞柳甘梅阮季裴"
    "符凌霍詹冉骆辛靳柯涂蓝柴翁祁鲍喻蒙蒲滕屈饶艾牟穆阳谯敖瞿邬苟晏卓缪谌荀"
)
COMPOUND_SURNAMES = """
欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 南宫 长孙 宇文
"""
PINYIN_SURNAMES = """
wang li zhang liu chen yang huang zhao wu zhou xu sun zhu ma hu guo he gao luo lin zheng liang xie song tang han feng
deng cao peng zeng xiao tian dong yuan pan jiang du cai yu cheng wei ye lv lyu ding su ren shen yao lu cui zhong tan
fan jin shi liao jia xia fu zou bai xiong meng qin qiu yin xue yan hou duan lei long tao gu mao hao gong shao wan
qian dai kong xiang ran
"""

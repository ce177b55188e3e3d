"""Knows what bureaus call things in their ledgers: headings for our fields, words for our words."""

from collections.abc import Mapping

NAME = "id"
"""Stands for the id in the tables below."""

LEAD, MEMBER = "members.*=lead", "members.*=member"
"""Stand for a party that is a member in this role."""

TALLY = "=tally"
"""Ends a field whose column is counted, not read."""

HINTS: Mapping[str, tuple[str, ...]] = {
    "statistics": ("统计", "基本情况", "办学条件", "事业", "基表", "在校生"),
    "alliances": ("结对", "联盟", "帮扶", "手拉手"),
    "postings": ("支教", "轮岗", "交流", "挂职", "跟岗", "走教", "选派"),
    "zones": ("学区",),
    "groups": ("集团",),
    "resources": ("资源",),
    "tasks": ("折子", "任务", "督办"),
    "schools": ("学校", "名录", "台账", "花名册"),
}
"""What in a sheet's name or title speaks for a kind; the first that is found counts."""


def _by_word(words: Mapping[str, str]) -> dict[str, str]:
    """Each word of a list with blanks between, and what the list stands for."""
    return {word: meant for meant, listed in words.items() for word in listed.split()}


HEADINGS: Mapping[str, Mapping[str, str]] = {
    "schools": _by_word(
        {
            NAME: "学校名称 学校 校名 单位名称 学校全称 名称 学校（机构）名称",
            "code": "学校标识码 标识码 学校代码 机构代码 学校（机构）标识码 国标码 学校编码",
            "stages": "学段 办学类型 学校类型 学校类别 办学层次 类别 类型",
            "standing": "办学水平 学校等级 办学质量 学校层次",
            "setting": "城乡 城乡类型 城乡分类 城乡类别 所在地城乡类型 地域类型",
            "ownership": "举办者 举办者类型 办学性质 性质 办别 公办民办",
            "district": "所属区县 区县 所在区县 区（县）",
            "subdistrict": "街镇 所在街镇 所在街道 街道 乡镇 所在乡镇 所属街道 街道（乡镇） 镇街",
            "location.lon": "经度 东经",
            "location.lat": "纬度 北纬",
            "status": "状态 办学状态 学校状态",
            "since": "建校时间 建校年份 成立时间 开办时间 建校年月 设立时间",
            "until": "撤并时间 停办时间 撤销时间",
            "formerly": "曾用名 原名 原校名",
            "also_named": "又名 别名 挂牌名称 另挂校名",
            "honours": "称号 荣誉 荣誉称号",
        }
    ),
    "statistics": _by_word(
        {
            NAME: "学校名称 学校 校名 单位名称 名称 学校（机构）名称",
            "students": "在校生 在校生数 学生数 学生人数 在校学生 在校学生数 学生总数",
            "new_students": "招生 招生数 招生人数 新生数",
            "graduates": "毕业生 毕业生数 毕业人数",
            "classes": "班级 班级数 班数 教学班 教学班数 班额数",
            "largest_class": "最大班额",
            "full_time_teachers": "专任教师 专任教师数 教师数 教师人数 专任教师人数",
            "staff": "教职工 教职工数 教职工人数 在编教职工",
            "backbone_teachers": "骨干教师 骨干教师数 区级以上骨干教师 县级以上骨干教师",
            "site_area": "占地面积 校园面积 校园占地面积",
            "building_area": "校舍面积 建筑面积 校舍建筑面积",
            "teaching_area": "教学及辅助用房 教学及辅助用房面积 教学用房面积",
            "sports_area": "运动场地面积 体育运动场馆面积 运动场面积 体育场馆面积",
            "computers": "计算机 计算机台数 计算机数 教学用计算机 学生用计算机",
            "books": "图书 图书册数 藏书量 图书数",
            "equipment_value": "教学仪器设备值 设备值 仪器设备值 设备总值 教学仪器设备总值",
            "multimedia_rooms": "网络多媒体教室 多媒体教室 网络多媒体教室数",
            "migrant_students": "随迁子女 随迁子女数 外来务工人员随迁子女",
            "boarders": "寄宿生 住宿生 寄宿生数",
        }
    ),
    "alliances": _by_word(
        {
            NAME: "结对名称 联盟名称 结对项目",
            LEAD: "帮扶学校 支援学校 牵头学校 优质学校 主体校 核心校 甲方 甲方学校 结对牵头校 领衔学校",
            MEMBER: "受援学校 被帮扶学校 受扶学校 薄弱学校 成员校 乙方 乙方学校 结对学校 被支援学校 对口学校",
            "form": "形式 结对形式 联盟形式",
            "since": "结对时间 起始时间 开始时间 签约时间 结对起始时间 起始日期",
            "until": "终止时间 结束时间 到期时间 截止时间 终止日期",
            "stages": "学段",
            "remote_classrooms": "远程教室 远程互动教室 远程互动教室数",
        }
    ),
    "postings": _by_word(
        {
            "year": "学年 年度 学年度",
            "from": "派出学校 原学校 选派学校 派出单位 所在学校 流出学校 人事关系所在学校 现任教学校",
            "to": "支教学校 受援学校 接收学校 流入学校 交流学校 轮岗学校 支教单位 到岗学校",
            "mode": "方式 类型 交流类型 交流方式 流动类型 流动方式 形式",
            "role": "身份 职务 人员类别 岗位",
            "count": "人数 支教人数 交流人数",
            "backbone": "骨干人数 骨干教师数 其中骨干",
            f"count{TALLY}": "姓名 教师姓名 支教教师",
            f"backbone{TALLY}": "是否骨干 骨干教师 是否骨干教师",
            "subject": "任教学科 学科",
            "weeks": "周数",
            "stage": "学段 任教学段",
        }
    ),
    "zones": _by_word(
        {
            NAME: "学区 学区名称 所属学区",
            LEAD: "学区长学校 牵头学校 学区长单位",
            MEMBER: "成员学校 成员校 学校 学校名称",
        }
    ),
    "groups": _by_word(
        {
            NAME: "集团 集团名称 教育集团 教育集团名称",
            LEAD: "核心校 牵头学校 龙头学校 总校",
            MEMBER: "成员学校 成员校 分校 学校 学校名称",
            "form": "办学模式 集团类型 形式",
            "since": "成立时间 组建时间",
        }
    ),
    "resources": _by_word(
        {
            NAME: "资源名称 资源 名称",
            "provider": "提供单位 提供学校 所属学校 学校",
            "type": "类型 资源类型",
            "capacity": "容量 可容纳人数",
        }
    ),
    "tasks": _by_word(
        {
            NAME: "任务 任务名称 折子项目 事项",
            "department": "责任部门 责任单位 牵头部门 牵头单位",
            "owner": "负责人 责任人 责任岗位",
            "due": "完成时限 时限 截止时间 完成时间",
            "status": "进展 进展情况 状态",
        }
    ),
}
EVERYWHERE: Mapping[str, str] = {"备注": "note", "说明": "note", "依据": "source"}
LEFT_OUT = frozenset(
    _by_word(
        {
            "number": "序号 编号 序 排序",
            "person": "校长 校长姓名 联系人 姓名 教师姓名 性别 年龄 出生年月 职称 学历 身份证号 身份证号码",
            "contact": "联系电话 电话 手机 地址 邮编",
        }
    )
)
"""Columns that are nearly always there and never imported."""

STAGES: Mapping[str, str] = _by_word(
    {
        "kindergarten": "幼儿园 学前",
        "primary": "小学 小学部",
        "junior": "初中 初中部",
        "senior": "高中 普通高中 高中部",
        "vocational": "中职",
        "special": "特教 特殊教育",
    }
)

WORDS: Mapping[str, Mapping[str, str]] = {
    "stages": _by_word(
        {
            "primary": "小学 完全小学 完小 教学点 小学教学点 中心小学",
            "junior": "初中 初级中学 独立初中 普通初中",
            "senior": "高中 普通高中 高级中学 独立高中",
            "primary junior": "九年一贯制 九年一贯制学校 九年制",
            "junior senior": "完全中学 完中",
            "primary junior senior": "十二年一贯制 十二年一贯制学校",
            "kindergarten": "幼儿园 学前教育",
            "vocational": "中职 职高 中等职业学校 职业高中",
            "special": "特教 特殊教育学校 特教学校",
        }
    ),
    "setting": _by_word(
        {
            "urban": "城市 城区 主城区 城乡结合区",
            "town": "镇 县镇 镇区 镇中心区 镇乡结合区",
            "rural": "农村 乡村 村庄 乡中心区",
        }
    ),
    "ownership": _by_word(
        {
            "education": "公办 教育部门 教育部门办 县级教育部门 区级教育部门",
            "private": "民办 社会力量办",
            "other_department": "其他部门 其他部门办",
            "enterprise": "企业 企业办 事业单位办 地方企业",
        }
    ),
    "standing": _by_word(
        {
            "quality": "优质 优质校 优质学校 示范 示范校",
            "ordinary": "一般 普通 普通校 普通学校",
            "weak": "薄弱 薄弱校 薄弱学校 相对薄弱",
            "new": "新建 新建校 新校",
        }
    ),
    "status": _by_word(
        {
            "open": "在办 正常 正常办学 开办",
            "planned": "筹建 在建",
            "suspended": "停办 停用",
            "closed": "撤销 撤并 已撤并",
        }
    ),
    "form": _by_word(
        {
            "pair": "一对一 结对 结对帮扶 手拉手",
        }
    ),
    "role": _by_word(
        {
            "teacher": "专任教师 普通教师 教师",
            "vice_principal": "副校级",
            "cadre": "中层干部",
        }
    ),
}
"""What the words of a field are called in ledgers; several words of ours stand with blanks between."""

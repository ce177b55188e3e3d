"""Knows which Chinese characters are taken for one another: those that sound the same, and those that look alike.

Sound: GB 2312 orders its 3,755 common characters by pinyin, so the first character of each of the 396 syllables tells
where one ends and the next begins. Look: families that share the part which carries the look, or differ in a stroke.
"""

from collections.abc import Mapping
from functools import cache

_FIRST_OF_A_SYLLABLE = (
    "啊埃鞍肮凹芭白斑邦苞杯奔崩逼鞭标鳖彬兵玻哺擦猜餐苍操厕层插拆搀昌超车郴撑吃充抽初揣川疮吹春戳疵聪凑粗蹿摧"
    "村磋搭呆耽当刀德蹬堤颠碉跌丁丢东兜都端堆墩掇蛾恩而发藩坊菲芬丰佛否夫噶该干冈篙哥给根耕工钩辜刮乖棺光瑰辊"
    "锅哈骸酣夯壕呵嘿痕哼轰喉呼花槐欢荒灰荤豁击嘉歼僵蕉揭巾荆炯揪鞠捐撅均喀开刊康考坷肯坑空抠枯夸块宽匡亏坤括"
    "垃莱蓝琅捞勒雷棱厘俩联粮撩列琳玲溜龙楼芦驴峦掠抡萝妈埋瞒芒猫么玫门萌眯棉苗蔑民明谬摸谋拇拿氖南囊挠呢馁嫩"
    "能妮蔫娘鸟捏您柠牛脓奴女暖虐挪哦欧啪拍攀乓抛呸喷砰坯篇飘撇拼乒坡扑期掐牵枪橇切钦青琼秋趋圈缺裙然瓤饶惹壬"
    "扔日戎揉茹软蕊闰若撒腮三桑搔瑟森僧莎筛珊墒梢奢砷声师收蔬刷摔栓霜谁吮说斯松搜嗽酸虽孙蓑塌胎坍汤掏特藤梯天"
    "挑贴厅通偷凸湍推吞拖挖歪豌汪威瘟嗡挝巫昔瞎掀相萧楔薪星兄休墟轩靴勋压焉殃邀椰一茵英哟拥幽淤鸳曰耘匝栽咱赃"
    "遭责贼怎增扎摘瞻樟招遮珍蒸芝中舟珠抓拽专桩椎谆捉兹鬃邹租钻嘴尊昨"
)

_LOOK_ALIKE = """
    己已巳 未末 土士 日曰 目且 大太犬 天夫 千干于 王玉主 人入 八入 木术本 午牛 今令 乌鸟 办为 风凤 冶治 茶荼 析折拆
    沦沧 侯候 撤撒 徒徙 戊戌戍 戎戒 盲育肓 壁璧 梁粱 籍藉 暑署 晒洒 幕墓暮慕募 博搏膊 辨辩辫瓣 拔拨 爪瓜 免兔 享亨
    昌冒 宜宣 官宫 史吏 失矢 丘兵 厉历 厂广 尤龙 万方 刀力 九丸 几凡 勺匀 田由甲申 白自 石右 汗汁 住往佳 任仕 仑仓
    考孝老 耍要 栗粟 赢羸嬴 亳毫 崇祟 穷穹 芝芒 莱菜 莹萤营荧 蓝篮 薄簿 茫芒 峡狭侠 陕陡 隋随 惰堕 陪培赔 代伐 式武
    延廷 历厉 氏氐 辛幸 杏杳 弘泓 晋普 旦且 旭旮 明朋 朋鹏 泊汨 漫慢 璋障 竞竟 第弟 笔苔 简筒 芳苏 茂筏 萍苹 裕祐 誉誊
    赤亦 逢蓬 郊效 酉西 释译泽择 钧钓 锦绵 阅闻 隆陇 雪霜 韶韵 颖颍颎 鲁鲜 龚袭 黄黃 户戶戸 峰峯 群羣 强強 德徳
    乔桥侨娇骄轿矫峤挢荞 青清请情晴睛精静靖菁 方芳坊防房访仿纺 江红虹杠 工功巩攻 可河何荷柯苛 古姑固故枯 胡湖葫糊蝴
    白柏伯泊帕拍 中钟忠种仲冲 仓沧苍舱 枪抢 仑沦轮伦论 分芬份纷粉汾 巴把芭靶 包抱泡炮胞苞 交校较郊胶狡 京凉谅惊 景影憬
    兰栏拦烂 昌唱倡猖 成城诚盛 呈程逞 丁订钉盯 定锭淀 东冻栋 董懂 段锻缎 反饭返板版 非菲扉 峰锋蜂烽 丰沣 夫扶芙 付符附府
    甫浦铺埔捕辅蒲 富福副幅辐 干杆肝竿 旱捍悍焊 刚钢岗纲冈 高搞稿镐 格阁络洛骆 公松颂讼 共供拱洪哄 勾沟钩构购 谷裕浴俗
    管馆官棺 光晃 圭桂佳硅 贵溃馈 果课棵颗 合洽恰拾给 亨哼 恒桓垣 户护沪 化花华哗桦 怀坏环 皇凰煌惶徨 黄横璜磺 灰恢
    会绘烩 活话括 火伙 几机肌饥 及级极吸圾 吉洁结桔 记纪忌起 加嘉驾茄枷 家稼嫁 间简涧 见现舰 建健键 将桨奖浆 介界阶
    近芹听欣 琴吟含 尽烬 景影 敬警擎 居据锯剧 巨距拒矩 晖浑 君郡群裙 康慷糠 烤拷考 科料 空控 库裤 快块决 匡筐框 昆棍混
    来莱 郎朗廊狼浪
    雷蕾擂 里理厘鲤狸 立粒泣 利梨莉犁 连莲链涟 良粮 两辆俩 林淋琳霖 令领岭玲铃零龄冷 留溜榴瘤 龙笼拢垄珑泷
    娄楼搂篓 卢芦庐炉 鹿麓漉 录绿禄碌 路露 吕侣铝 罗萝逻锣箩 马妈码玛 满瞒 曼慢漫蔓 门们 问闻间 孟猛锰 迷谜 苗描猫瞄
    民眠 明萌盟 名铭 莫模漠膜寞 末沫 木沐 那哪娜 南楠 内纳钠 宁拧柠 农浓脓 欧殴 番潘播蕃翻 旁榜膀傍 棚崩 彭澎膨 皮波坡披
    平评苹坪萍 普谱 其期棋旗琪淇祺 齐济挤 奇骑崎绮 前箭剪 组祖租阻 秦泰奏 求球救 区枢驱躯 拴栓 泉线 容溶熔榕蓉 若诺
    山汕 善膳 沙纱抄炒妙砂 申伸神绅 胜性姓 铁跌 诗持侍待 使吏 柿沛 式试拭 提堤题 涛筹铸祷 叔淑 司词饲伺 台治抬苔 态汰
    谈淡 唐塘糖 堂棠 陶淘掏 廷庭挺艇 亭停 同铜桐筒 童潼瞳 土吐 屯顿纯 旺汪枉 韦伟围玮苇 文纹蚊 吾语梧悟 五伍 希稀 借惜错
    嘉喜 夏厦 先洗宪 湘箱想相 祥详洋样 象像橡 肖消销硝梢 芯心 秀诱锈绣 宣喧 玄弦 沿铅 秧映英瑛 杨扬场汤 晓浇绕烧饶 腰要
    义议仪 艺亿忆 因茵 迎仰 永泳咏 勇涌 由油抽袖宙 余徐除途 宇字 鱼渔 元园远院玩完 员圆 原源愿 袁猿辕 云运耘 曾增赠僧
    占站粘 张涨帐账 章彰樟 召招昭照沼 者著猪诸煮 真镇填慎 正征政证 支枝技 织识积 直植值 州洲 周调稠 朱珠株殊 注柱驻住主
    专传转 庄桩 子仔 宗综棕 左佐 作昨 育肓 海梅悔 湾弯 湖潮 渡度 滨宾 浜滨 港巷 泾径经 溪奚 汇江 桃挑跳 榆愉渝瑜 槐魁愧
    杜社 松枞 柳卯 枫讽疯 樱婴 桑燊 竹行 荣荥 菊鞠 兴兰 典曲 盈盆 祝况 祐佑 秋愀 穗惠 紫柴 翠粹 耀跃 臻榛 航杭 良艮 苑宛
    茗名 菀苑 葛蔼 融瀜 裴斐 谊宜 贤坚 贝见 远运 逸免 邦邽 鑫森 钰玉 锡踢 闵闽 陆陈 陵棱 隽携 雅稚 霞瑕 韬滔 顺须 颐硕
    骏俊 鸿鸣 麟鳞 黎犁 齐斋
"""

# They tell one school from the next: 第一 and 第二, 东校区 and 西校区.
_TELLING = frozenset("零一二三四五六七八九十百千万亿甲乙丙丁戊己庚辛壬癸0123456789东西南北中上下左右前后内外大小老新")


@cache
def sounds() -> Mapping[int, str]:
    """For `str.translate`: each common character becomes the first of its syllable."""
    level = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    first, table, syllable = frozenset(_FIRST_OF_A_SYLLABLE), {}, ""
    for character in level.decode("gb2312", "ignore"):
        syllable = character if character in first else syllable
        table[ord(character)] = syllable
    return table


@cache
def looks() -> Mapping[int, str]:
    """For `str.translate`: characters that may be taken for one another, be it over a third, become one."""
    alike: dict[str, frozenset[str]] = {}
    for family in _families():
        joined = frozenset(family).union(*(alike[each] for each in family if each in alike))
        alike |= dict.fromkeys(joined, joined)
    return {ord(character): min(joined) for character, joined in alike.items()}


def sound_alike(one: str, other: str) -> bool:
    """Whether two characters are read with the same syllable, whatever the tone."""
    table = sounds()
    return not _tell_apart(one, other) and ord(one) in table and table[ord(one)] == table.get(ord(other))


def look_alike(one: str, other: str) -> bool:
    """Whether two characters are easily taken for one another by eye."""
    return not _tell_apart(one, other) and any(one in family and other in family for family in _families_of(one))


def _tell_apart(one: str, other: str) -> bool:
    return one in _TELLING and other in _TELLING


@cache
def _families() -> tuple[str, ...]:
    return tuple(_LOOK_ALIKE.split())


@cache
def _families_of(character: str) -> tuple[str, ...]:
    return tuple(family for family in _families() if character in family)

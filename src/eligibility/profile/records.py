"""The company profile: what a company can say about itself, one record class for each part.

Each field is a fact: its label and its question stand here, in Chinese and English, and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eligibility.bilingual import Words
from eligibility.money import LiteralError
from eligibility.profile import words as w
from eligibility.profile.facts import read_words
from eligibility.profile.record import Record, choice, choices, count, day, money, rate, text, year_of, yes_no

if TYPE_CHECKING:
    from datetime import date

PEOPLE = ("人", "people")
AREA = ("平方米", "m²")
KILOWATTS = ("千瓦", "kW")
KILOWATT_HOURS = ("千瓦时", "kWh")
ENTITIES = ("家", "entities")
DOLLARS = ("美元", "US dollars")
MONTHS = ("个月", "months")
PLACES = ("位", "place")
YEARS = ("年", "years")
POINTS = ("分", "points")
PIECES = ("项", "pieces")


def read_credit_code(raw: Any) -> str:
    """Read a unified social credit code (GB 32100-2015), its check character included."""
    code = read_words(raw).strip().upper()
    from stdnum.cn import uscc
    from stdnum.exceptions import InvalidChecksum, ValidationError

    try:
        return str(uscc.validate(code))
    except InvalidChecksum:
        raise LiteralError(f"`{raw}` has a wrong check character", "compare it with the business licence") from None
    except ValidationError:
        raise LiteralError(f"`{raw}` is no unified social credit code", "it has 18 characters") from None


class Company(Record, kind="company", label=Words("企业", "company"), dated_by=""):
    """The company itself."""

    name: str | None = text(("企业名称", "name"), ("企业名称是什么？", "What is the company's name?"))
    credit_code: str | None = text(
        ("统一社会信用代码", "unified social credit code"),
        ("统一社会信用代码是什么？", "What is its unified social credit code (18 characters)?"),
        read_credit_code,
    )
    registered_on: date | None = day(
        ("注册日期", "date of registration"), ("企业何时注册成立？", "When was the company registered?")
    )
    areas: frozenset[str] | None = choices(
        w.AREAS,
        ("所在区域", "areas"),
        ("注册地位于哪些区域（可多选）？", "In which of these areas is its registered seat?"),
    )
    registered_in_yizhuang_on: date | None = day(
        ("在亦庄新城注册日期", "date of registration in Yizhuang New Town"),
        ("何时在亦庄新城注册（迁入的填迁入日期）？", "Since when is it registered in Yizhuang New Town?"),
    )
    moved_into_yizhuang: bool | None = yes_no(
        ("由区外迁入亦庄新城", "moved to Yizhuang New Town"),
        ("是否由区外迁入亦庄新城？", "Did it move to Yizhuang New Town from elsewhere?"),
    )
    track: str | None = choice(
        w.TRACKS, ("主要赛道", "main track"), ("企业的主要赛道是什么？", "What is its main track?")
    )
    activities: frozenset[str] | None = choices(
        w.ACTIVITIES, ("业务活动", "activities"), ("从事哪些业务活动？", "What does it do?")
    )
    independent_legal_person: bool | None = yes_no(
        ("独立法人", "independent legal person"), ("是否具有独立法人资格？", "Is it an independent legal person?")
    )
    employees: int | None = count(
        PEOPLE, ("从业人员", "employees"), ("从业人员有多少？", "How many people does it employ?")
    )
    sme_sector: str | None = choice(
        w.SME_SECTORS,
        ("划型行业", "sector for the size standard"),
        ("按中小企业划型标准属于哪个行业？", "Which sector of the SME size standard is it in?"),
    )
    size: str | None = choice(
        w.SIZES,
        ("企业规模", "size"),
        ("企业规模属于哪一类（中小企业划型标准）？", "What is its size by the SME standard?"),
    )
    qualifications: frozenset[str] | None = choices(
        w.QUALIFICATIONS, ("资质", "qualifications"), ("持有哪些资质？", "Which of these titles does it hold?")
    )
    tax_in_yizhuang: bool | None = yes_no(
        ("税务关系在经开区", "taxed in E-Town"), ("税务关系是否在经开区？", "Is it registered for tax in E-Town?")
    )
    statistics_in_yizhuang: bool | None = yes_no(
        ("统计关系在经开区", "counted in E-Town"),
        ("统计关系是否在经开区？", "Is it counted in the statistics of E-Town?"),
    )
    sound_finances: bool | None = yes_no(
        ("财务制度健全", "sound finances"), ("财务制度是否健全？", "Are its finances and accounts in good order?")
    )
    clean_record: bool | None = yes_no(
        ("近三年无重大违法失信和事故", "clean record over three years"),
        (
            "近三年是否无重大行政处罚、刑事犯罪、严重失信，未发生重大安全事故和突发环境事件？",
            "In the last three years, is it free of grave penalties, crimes, bad-faith listings, accidents and spills?",
        ),
    )
    in_restricted_catalogue: bool | None = yes_no(
        ("属禁止和限制目录", "in the prohibited or restricted catalogue"),
        (
            "是否属于新增产业禁止和限制目录？",
            "Is its industry in the catalogue of prohibited and restricted industries?",
        ),
    )
    owns_premises: bool | None = yes_no(
        ("购置或自建自用房屋", "own premises bought or built"),
        ("是否购置或自建了自用房屋？", "Has it bought or built premises for its own use?"),
    )

    needs: frozenset[str] | None = choices(
        w.NEEDS, ("需求", "needs"), ("需要哪些服务？", "Which kinds of help does it look for?")
    )
    uses_digital_rnd: bool | None = yes_no(
        ("依托数字技术研发", "research relies on digital technology"),
        ("研发是否依托数字技术？", "Does its research rely on digital technology?"),
    )
    key_pharma_company: bool | None = yes_no(
        ("重点医药企业", "key pharmaceutical company"),
        ("是否被认定为重点医药企业？", "Has it been named a key pharmaceutical company?"),
    )
    key_enterprise: bool | None = yes_no(
        ("经开区重点企业", "key enterprise of E-Town"),
        ("是否被列为经开区重点企业？", "Is it listed as a key enterprise of E-Town?"),
    )
    settles_in_biopark: bool | None = yes_no(
        ("入驻国际医药创新公园", "settles in BioPark"),
        ("是否入驻或拟入驻国际医药创新公园？", "Does it settle in BioPark?"),
    )
    high_precision: bool | None = yes_no(
        ("高精尖产业方向或贡献突出", "high-precision industry or great contribution"),
        (
            "是否属于高精尖产业方向，或贡献突出？",
            "Is it in a high-precision, advanced industry, or a great contributor?",
        ),
    )
    advanced_manufacturing: bool | None = yes_no(
        ("属鼓励发展的先进制造业", "in encouraged advanced manufacturing"),
        (
            "是否属于符合经开区产业方向的先进制造业？",
            "Is it in an advanced manufacturing industry that E-Town means to develop?",
        ),
    )
    industrialised: bool | None = yes_no(
        ("已实现产业化", "has begun industrial production"),
        ("企业是否已实现产业化？", "Has the company taken its products into industrial production?"),
    )
    leading_life_health: bool | None = yes_no(
        ("全球领先的生命健康企业", "world-leading life-health company"),
        (
            "企业或其母公司是否为全球领先的生命健康企业？",
            "Is it, or its parent, one of the world's leading life-health companies?",
        ),
    )
    promotes_innovative_devices: bool | None = yes_no(
        ("创新医疗器械推广成效突出", "outstanding in promoting innovative devices"),
        (
            "是否被认定为创新医疗器械推广应用成效突出的企业？",
            "Has it been recognised as outstanding in promoting innovative devices?",
        ),
    )

    foreign_funded: bool | None = yes_no(
        ("外商投资企业", "foreign-funded"), ("是否为外商投资企业？", "Is it foreign-funded?")
    )
    fortune_global: bool | None = yes_no(
        ("世界500强企业所属", "belongs to a Fortune Global 500 company"),
        ("是否由世界500强企业设立？", "Was it set up by a Fortune Global 500 company?"),
    )
    foreign_capital_usd: int | None = count(
        DOLLARS,
        ("成立一年内实缴合同外资（美元）", "foreign capital paid in within a year, in US dollars"),
        (
            "成立一年内实际缴付的合同外资是多少美元？",
            "How much contracted foreign investment was paid in within a year of its founding, in US dollars?",
        ),
    )
    foreign_capital_paid_in: int | None = money(
        ("成立一年内实缴合同外资（折人民币）", "foreign capital paid in within a year, in yuan"),
        (
            "成立一年内实际缴付的合同外资折合人民币多少？",
            "What is the contracted foreign investment paid in within a year of its founding worth in yuan?",
        ),
    )
    headquarters: str | None = choice(
        w.HEADQUARTERS,
        ("总部类型", "kind of headquarters"),
        ("企业是哪一类总部（兼有的填层级较高的一类）？", "Which kind of headquarters is it (if several, the higher)?"),
    )

    parent_rnd: int | None = money(
        ("母公司研发费用", "parent's R&D expense"),
        ("母公司上一年度研发费用是多少？", "What was the parent company's R&D expense last year?"),
    )
    rnd_centre_level: str | None = choice(
        w.RND_CENTRE_LEVELS,
        ("外资研发中心层级", "level of the foreign-funded R&D centre"),
        ("母公司授权其外资研发中心为哪一层级？", "At which level has the parent placed its foreign-funded R&D centre?"),
    )
    rnd_centre_set_up_on: date | None = day(
        ("研发中心设立日期", "date the R&D centre was set up"),
        ("外资研发中心何时设立？", "When was the foreign-funded R&D centre set up?"),
    )
    rnd_centre_in_cluster: bool | None = yes_no(
        ("位于国际研发集聚区", "in an international R&D cluster"),
        ("研发中心是否位于国际研发集聚区？", "Is the R&D centre in an international R&D cluster?"),
    )
    rnd_centre_upgraded: bool | None = yes_no(
        ("研发中心已升级", "R&D centre was upgraded"),
        ("研发中心是否由较低层级升级而来？", "Was the R&D centre raised to its level from a lower one?"),
    )
    rnd_centre_recognised_by: str | None = choice(
        w.RND_CENTRE_RECOGNITION,
        ("研发中心认定机关", "recogniser of the R&D centre"),
        ("研发中心由哪一级认定？", "Who has recognised its R&D centre?"),
    )
    recognised_foreign_rnd_centre: bool | None = yes_no(
        ("经认定的外资研发中心", "recognised foreign-funded R&D centre"),
        (
            "是否经市级部门认定为外资研发中心？",
            "Has the municipal authority recognised it as a foreign-funded R&D centre?",
        ),
    )
    rnd_investment_usd: int | None = count(
        DOLLARS,
        ("研发累计投入（美元）", "R&D investment in US dollars"),
        ("外资研发中心累计研发投入是多少美元？", "How much has been invested in the R&D centre in all, in US dollars?"),
    )
    full_time_rnd_staff: int | None = count(
        PEOPLE,
        ("全职研发人员", "full-time R&D staff"),
        ("全职研发人员有多少？", "How many people work full-time in research and development?"),
    )
    rnd_equipment_bought: int | None = money(
        ("设立以来采购设备原值", "equipment bought since set-up"),
        (
            "研发中心设立以来采购的设备原值是多少？",
            "What did the equipment bought since the R&D centre was set up cost?",
        ),
    )
    municipal_rnd_institution: bool | None = yes_no(
        ("市级研发机构", "municipal R&D institution"),
        ("是否拥有市级研发机构？", "Does it have an R&D institution recognised at municipal level?"),
    )
    new_type_rnd_institution: bool | None = yes_no(
        ("新型研发机构", "new-type R&D institution"),
        (
            "是否为世界一流高校院所在经开区设立的新型研发机构？",
            "Is it a new-type R&D institution that a world-leading university or institute set up in E-Town?",
        ),
    )

    producer_service: str | None = choice(
        w.PRODUCER_SERVICES,
        ("生产性服务业类别", "kind of producer service"),
        ("属于哪一类生产性服务业？", "Which kind of producer service does it provide?"),
    )
    cloud_services: bool | None = yes_no(
        ("云服务企业", "cloud-service company"), ("是否为云服务企业？", "Does it provide cloud services?")
    )
    buys_technology_services: bool | None = yes_no(
        ("购买科技服务", "buys technology services"),
        ("是否购买检测、知识产权等科技服务？", "Does it buy technology services such as testing?"),
    )
    operates_incubator: bool | None = yes_no(
        ("运营科技企业孵化器", "runs a technology incubator"),
        ("是否运营科技企业孵化器？", "Does it run an incubator for technology companies?"),
    )
    employs_talents: bool | None = yes_no(
        ("聘用认定人才", "employs recognised talents"),
        ("是否聘用经认定的人才？", "Does it employ recognised talents?"),
    )
    may_recruit_talents: bool | None = yes_no(
        ("获授权引才", "authorised to recruit talents"),
        ("是否获授权自主引进人才？", "Is it authorised to recruit further talents?"),
    )

    green_title: str | None = choice(
        w.TITLE_LEVELS,
        ("绿色工厂或绿色供应链称号", "title of green factory or green supply chain"),
        (
            "获得的绿色工厂或绿色供应链管理企业称号最高是哪一级？",
            "What is its highest title of green factory or green supply-chain management enterprise?",
        ),
    )
    carbon_footprint_certified: bool | None = yes_no(
        ("获得产品碳足迹认证", "product carbon footprint certified"),
        ("是否获得产品碳足迹认证？", "Has it had the carbon footprint of a product certified?"),
    )
    esg_rated_a: bool | None = yes_no(
        ("ESG评级A级及以上", "ESG rating of A or above"),
        (
            "是否在主流ESG评级中获得A级及以上或同等级别？",
            "Is it rated A or above, or the like, in a leading ESG rating?",
        ),
    )
    key_carbon_emitter: bool | None = yes_no(
        ("重点碳排放单位", "key carbon-emitting unit"),
        ("是否为重点碳排放单位？", "Is it a key carbon-emitting unit?"),
    )

    niche_years: int | None = count(
        YEARS,
        ("从事细分市场年数", "years in its niche market"),
        ("从事特定细分市场多少年？", "For how many years has it worked in its niche market?"),
    )
    equity_raised: int | None = money(
        ("近两年新增股权融资", "new equity of the last two years"),
        ("近两年新增股权融资合计是多少？", "How much new equity was raised in the last two years together?"),
    )
    innovation_awards: frozenset[str] | None = choices(
        w.INNOVATION_AWARDS,
        ("近三年科技奖励和大赛名次", "science awards and contests of the last three years"),
        ("近三年获得过下列哪些奖励或名次？", "Which of these has it won in the last three years?"),
    )
    gradient_score: int | None = count(
        POINTS,
        ("优质中小企业评价得分", "score of the SME evaluation"),
        ("优质中小企业评价得分是多少？", "What is its score in the evaluation of quality SMEs?"),
    )
    mean_growth: tuple[int, int] | None = rate(
        ("近两年主营业务收入平均增长率", "mean growth of two years"),
        (
            "近两年主营业务收入平均增长率是多少（下降填0）？",
            "What was the mean growth of its main revenue over two years (0 if it fell)?",
        ),
        over_one=True,
    )
    compound_growth: tuple[int, int] | None = rate(
        ("近两年主营业务收入复合增长率", "compound growth of two years"),
        (
            "近两年主营业务收入复合增长率是多少（下降填0）？",
            "What was the compound yearly growth of its main revenue over two years (0 if it fell)?",
        ),
        over_one=True,
    )
    market_share: tuple[int, int] | None = rate(
        ("主导产品市场占有率", "market share of its main product"),
        (
            "主导产品在全国或全球细分市场的占有率是多少？",
            "What share of its niche market, at home or abroad, has its main product?",
        ),
    )
    top_three_at_home: bool | None = yes_no(
        ("国内细分市场前三", "top three of its niche at home"),
        ("主导产品是否居国内细分市场前三？", "Is its main product among the top three of the niche in China?"),
    )
    class_i_ip: int | None = count(
        PIECES,
        ("I类知识产权", "class-I intellectual property"),
        (
            "已应用于主导产品的I类知识产权有多少项？",
            "How many pieces of class-I intellectual property are applied in its main product?",
        ),
    )
    in_key_field: bool | None = yes_no(
        ("主导产品属重点领域", "main product in a listed field"),
        ("主导产品是否属于国家公布的重点领域？", "Is its main product in one of the fields on the national list?"),
    )
    quality_score: int | None = count(
        POINTS,
        ("质量评价得分", "score of the quality evaluation"),
        ("“小巨人”质量评价得分是多少？", "What is its score in the quality evaluation of little giants?"),
    )

    first_passed_revenue_threshold: bool | None = yes_no(
        ("首次达到收入门槛", "first passed the revenue threshold"),
        (
            "是否首次达到中小企业资金规定的收入门槛？",
            "Did it pass the revenue threshold of the SME fund for the first time?",
        ),
    )
    import_pilot_banned: bool | None = yes_no(
        ("被禁止申请进口试点", "barred from the import pilot"),
        (
            "是否因违规被取消进口试点资格且未满两年？",
            "Was it put out of the import pilot for a breach less than two years ago?",
        ),
    )
    daxing_rent_years: int | None = count(
        YEARS,
        ("已享受大兴房租补贴年数", "years of Daxing's rent subsidy so far"),
        ("此前已享受大兴区房租补贴多少年？", "For how many years has it had a rent subsidy of Daxing District before?"),
    )
    best_early_contribution: int | None = money(
        ("注册三年内最高年度工业贡献", "best industrial contribution in its first three years"),
        (
            "注册后三年内，工业贡献最高的一年是多少？",
            "What was its industrial contribution in the best year within three years of registration?",
        ),
        past=True,
    )


class Year(Record, kind="year", label=Words("年度数据", "year"), dated_by="year"):
    """What holds for one calendar year."""

    year: int | None = year_of(("年度", "year"), ("哪一年？", "Which calendar year?"))
    revenue: int | None = money(("营业收入", "revenue"), ("营业收入是多少？", "What was the revenue?"))
    rnd_expense: int | None = money(("研发费用", "R&D expense"), ("研发费用是多少？", "What was the R&D expense?"))
    tax_paid: int | None = money(("纳税额", "tax paid"), ("纳税额是多少？", "How much tax was paid?"))
    output: int | None = money(
        ("工业总产值", "industrial output"), ("工业总产值是多少？", "What was the industrial output?")
    )
    compute_cost: int | None = money(
        ("算力服务费用", "cost of computing services"), ("算力服务费用是多少？", "What did computing services cost?")
    )

    voucher_contracts: int | None = money(
        ("服务券合同额", "contracts under service vouchers"),
        (
            "该年度使用服务券的合同额是多少？",
            "What are the contracts worth for which service vouchers are used that year?",
        ),
    )

    controlled_entities: int | None = count(
        ENTITIES,
        ("年末控股企业和分支机构", "controlled companies and branches"),
        (
            "年末全资、控股企业和分支机构有多少家？",
            "How many companies it owns or controls, and branches, did it have at the end of the year?",
        ),
    )
    controlled_entities_elsewhere: int | None = count(
        ENTITIES,
        ("经开区以外的控股企业和分支机构", "controlled companies and branches outside E-Town"),
        (
            "年末控股企业和分支机构中，在经开区以外的有多少家？",
            "How many of these companies and branches were outside E-Town?",
        ),
    )
    taxable_in_yizhuang: int | None = money(
        ("在经开区的应纳税额", "taxable amount in E-Town"),
        (
            "该年度在经开区的应纳税额是多少？",
            "What was its taxable amount in E-Town in that year?",
        ),
    )
    first_above_scale: bool | None = yes_no(
        ("首次升规", "first above designated size"),
        (
            "该年度是否首次达到规模以上标准（小升规）？",
            "Did it first come to stand above designated size in that year?",
        ),
    )
    met_scale_up_standard: bool | None = yes_no(
        ("达到“规做强”标准", "met the standard for growing above scale"),
        (
            "该年度营业收入规模和增速是否达到“规做强”标准？",
            "Did its revenue and growth in that year meet the standard for companies above scale that grow?",
        ),
    )
    model_service_cost: int | None = money(
        ("模型服务费用", "cost of model services"),
        ("购买模型服务的费用是多少？", "What did AI-model services cost?"),
    )
    green_power: int | None = count(
        KILOWATT_HOURS,
        ("绿电购买量", "green power bought"),
        ("该年度购买绿电多少千瓦时？", "How many kWh of green power did it buy in that year?"),
    )

    industrial_contribution: int | None = money(
        ("工业贡献", "industrial contribution"),
        (
            "该年度工业贡献是多少（按区级口径）？",
            "What was its industrial contribution that year, as the district counts it?",
        ),
    )
    growth_titles_won: frozenset[str] | None = choices(
        w.GROWTH_TITLES,
        ("首次获得的成长称号", "growth titles first won"),
        ("该年度首次获得了哪些成长称号？", "Which of these titles did it win for the first time in that year?"),
    )
    moved_into_daxing: bool | None = yes_no(
        ("该年度落户大兴", "settled in Daxing that year"),
        ("是否在该年度落户大兴区？", "Did it settle in Daxing District in that year?"),
    )
    main_business_share: tuple[int, int] | None = rate(
        ("主营业务收入占比", "share of the main business"),
        ("主营业务收入占营业收入的比例是多少？", "What share of the revenue came from the main business?"),
    )
    debt_ratio: tuple[int, int] | None = rate(
        ("资产负债率", "ratio of debt to assets"),
        ("资产负债率是多少？", "What was the ratio of debt to assets?"),
        over_one=True,
    )
    rnd_staff_share: tuple[int, int] | None = rate(
        ("研发人员占比", "share of R&D staff"),
        ("研发人员占职工总数的比例是多少？", "What share of its people worked in research and development?"),
    )
    rnd_target: int | None = money(
        ("年度研发投入目标", "R&D target of the year"),
        ("该年度研发费用的目标是多少？", "What was the target for R&D expense that year?"),
    )
    transfer_income: int | None = money(
        ("成果转化收入", "income from transferred results"),
        ("该年度成果转化收入是多少？", "What did the transfer of results bring in that year?"),
    )
    first_quarter_output: int | None = money(
        ("第一季度产值", "output of the first quarter"),
        ("该年度第一季度工业总产值是多少？", "What was the industrial output of its first quarter?"),
    )


class Project(Record, kind="project", label=Words("项目", "project"), dated_by="year"):
    """One project in one year."""

    name: str | None = text(("项目名称", "name"), ("项目名称是什么？", "What is the project called?"))
    year: int | None = year_of(("所属年度", "year"), ("下列金额属于哪一年？", "Which year are the amounts for?"))
    level: str | None = choice(
        w.PROJECT_LEVELS, ("级别", "level"), ("项目由哪一级立项？", "Who set the project up: at which level?")
    )
    field: str | None = choice(
        w.PROJECT_FIELDS,
        ("领域", "field"),
        ("是科技项目还是产业项目？", "Is it a science-and-technology or an industrial project?"),
    )
    form: str | None = choice(w.PROJECT_FORMS, ("形式", "form"), ("项目是什么形式？", "What form does it have?"))
    major: bool | None = yes_no(
        ("重大专项", "major special project"), ("是否为重大专项（重大项目）？", "Is it a major (special) project?")
    )
    undertaken: bool | None = yes_no(
        ("由本企业承担", "undertaken by the company"), ("是否由本企业承担？", "Does the company undertake it?")
    )
    track: str | None = choice(w.TRACKS, ("赛道", "track"), ("项目属于哪个赛道？", "Which track is it in?"))
    grant: int | None = money(
        ("上级财政资金", "grant from above"),
        ("该年度获得的国家或北京市资金是多少？", "How much national or Beijing funding did it get in that year?"),
    )
    own_funds: int | None = money(
        ("自筹资金", "own funds"),
        ("该年度自筹资金是多少？", "How much of its own money did the company put in that year?"),
    )
    rnd_expense: int | None = money(
        ("项目研发投入", "R&D spending"),
        ("该年度项目研发投入是多少？", "What was the R&D spending on it in that year?"),
    )
    other_district_support: int | None = money(
        ("其他区级资金", "support from another district"),
        ("同一项目获得其他区的资金是多少？", "How much has another district paid for the same project?"),
    )
    partners: frozenset[str] | None = choices(
        w.PARTNERS, ("合作方", "partners"), ("合作方有哪些？", "Who are the partners?")
    )
    share: tuple[int, int] | None = rate(
        ("本企业份额", "the company's share"), ("本企业承担的份额是多少？", "What share of it is the company's?")
    )

    total_investment: int | None = money(
        ("项目总投资", "total investment"),
        ("纳入核算的项目总投资是多少？", "What is the project's total investment that counts?"),
    )
    fixed_asset_investment: int | None = money(
        ("固定资产投资", "fixed-asset investment"),
        ("项目固定资产投资是多少？", "How much of it is invested in fixed assets?"),
    )
    completed_on: date | None = day(
        ("竣工投产日期", "completed on"),
        ("项目何时竣工投产？", "When was the project completed and put into production?"),
    )
    build_months: int | None = count(
        MONTHS,
        ("建设周期（月）", "months of building"),
        ("建设周期是多少个月？", "How many months did the building take?"),
    )
    factory_title: str | None = choice(
        w.FACTORY_TITLES,
        ("新认定的工厂称号", "factory title newly won"),
        ("项目新认定了哪一种智能工厂称号？", "Which factory title has the project newly won?"),
    )
    leading_level: bool | None = yes_no(
        ("国内一流或国际领先", "domestic first class or internationally leading"),
        ("是否达到国内一流或国际领先水平？", "Does it reach domestic first-class or internationally leading level?"),
    )
    selected: bool | None = yes_no(
        ("入选支持项目", "selected for support"),
        ("是否入选该项支持？", "Has the authority selected it for this support?"),
    )

    with_user_firms: bool | None = yes_no(
        ("与用户单位组成联合体", "in a consortium with users"),
        (
            "是否与用户单位组成创新联合体共同实施？",
            "Is it done in a consortium with the firms that use it?",
        ),
    )
    on_etown_compute_platform: bool | None = yes_no(
        ("在经开区算力平台上架", "listed on E-Town's compute platform"),
        (
            "是否在经开区算力调度平台上架对外服务？",
            "Is the service offered on E-Town's computing platform?",
        ),
    )
    domestic_chip_servers: int | None = money(
        ("国产智算芯片服务器采购额", "servers with domestic AI chips"),
        (
            "该年度采购国产智算芯片服务器部分的金额是多少？",
            "What did the servers with domestic AI chips cost in that year?",
        ),
    )
    carbon_neutral: str | None = choice(
        w.CERTIFICATIONS,
        ("碳中和认证", "carbon-neutral certification"),
        (
            "是首次获得碳中和认证，还是再次获得？",
            "Is it certified carbon-neutral for the first time, or again?",
        ),
    )
    certified_part: str | None = choice(
        w.CERTIFIED_PARTS,
        ("碳中和认证范围", "certified part"),
        ("碳中和认证覆盖哪一范围？", "What does the carbon-neutral certificate cover?"),
    )
    own_generation: int | None = count(
        KILOWATT_HOURS,
        ("自建新能源发电量", "own new-energy generation"),
        (
            "认证范围内该年度自建新能源设施实际发电量是多少？",
            "How many kWh did its own new-energy plant generate in that year, within what is certified?",
        ),
    )
    grid_purchase: int | None = count(
        KILOWATT_HOURS,
        ("电网购电量", "power bought from the grid"),
        (
            "认证范围内该年度电网购电量是多少？",
            "How many kWh were bought from the grid in that year, within what is certified?",
        ),
    )
    electricity_use: int | None = count(
        KILOWATT_HOURS,
        ("用电量", "electricity used"),
        (
            "认证范围内该年度用电量是多少？",
            "How many kWh were used in that year, within what is certified?",
        ),
    )
    core_technology: bool | None = yes_no(
        ("“白菜心”项目", "core-technology project"),
        (
            "是否为“白菜心”（核心技术）项目？",
            'Is it a project for core technology (a "cabbage heart" project)?',
        ),
    )
    recognised_by_etown: bool | None = yes_no(
        ("经经开区评审认定", "reviewed and recognised by E-Town"),
        ("是否通过经开区的评审或认定？", "Has E-Town reviewed or recognised it?"),
    )
    fits_etown_directions: bool | None = yes_no(
        ("符合经开区产业方向", "fits E-Town's directions"),
        ("是否符合经开区的产业发展方向？", "Does it fit E-Town's directions for its industries?"),
    )


class Product(Record, kind="product", label=Words("产品", "product"), dated_by="milestone_on"):
    """One product; its date is that of the milestone that support is sought for."""

    name: str | None = text(("产品名称", "name"), ("产品名称是什么？", "What is the product called?"))
    milestone_on: date | None = day(
        ("里程碑日期", "date of the milestone"),
        (
            "最近一个里程碑（如进入特别审查、获批）的日期？",
            "When did it reach its milestone (special review, approval …)?",
        ),
    )
    kind: str | None = choice(w.PRODUCT_KINDS, ("产品类别", "kind"), ("属于哪类产品？", "What kind of product is it?"))
    track: str | None = choice(w.TRACKS, ("赛道", "track"), ("产品属于哪个赛道？", "Which track is it in?"))
    drug_class: str | None = choice(
        w.DRUG_CLASSES,
        ("药品注册分类", "drug class"),
        ("药品注册分类是哪一类？", "Which registration class is the drug?"),
    )
    device_class: str | None = choice(
        w.DEVICE_CLASSES, ("医疗器械类别", "device class"), ("属于第几类医疗器械？", "Which class of device is it?")
    )
    innovative: bool | None = yes_no(
        ("创新品种", "innovative variety"), ("是否为创新品种？", "Is it an innovative variety?")
    )
    stage: str | None = choice(w.STAGES, ("研发阶段", "stage"), ("处于什么阶段？", "What stage is it at?"))
    entered_special_review: bool | None = yes_no(
        ("进入国家创新医疗器械特别审查程序", "entered the national special review"),
        (
            "是否已进入国家创新医疗器械特别审查程序？",
            "Has it entered the national special review of innovative devices?",
        ),
    )
    first_special_review_entry: bool | None = yes_no(
        ("首次进入特别审查程序", "first entry into the special review"),
        (
            "是否首次进入国家创新医疗器械特别审查程序？",
            "Did it enter the national special review of innovative devices for the first time?",
        ),
    )
    for_rare_disease: bool | None = yes_no(
        ("罕见病用药", "for a rare disease"), ("是否用于罕见病？", "Is it for a rare disease?")
    )
    technologies: frozenset[str] | None = choices(
        w.TECHNOLOGIES,
        ("融合技术", "technologies joined"),
        ("融合了哪些硬科技？", "Which hard technologies are joined in it?"),
    )
    use_field: str | None = choice(
        w.USE_FIELDS, ("应用领域", "field of use"), ("应用于哪个领域？", "In which field is it used?")
    )
    rnd_expense: int | None = money(
        ("产品研发投入", "R&D spending"), ("该年度产品研发投入是多少？", "What was the R&D spending on it that year?")
    )

    registered_in_beijing: bool | None = yes_no(
        ("在京注册", "registered in Beijing"),
        ("注册证或批件是否在北京申报并取得？", "Was its registration applied for and obtained in Beijing?"),
    )
    produced_in_beijing: bool | None = yes_no(
        ("在京生产", "produced in Beijing"),
        ("是否在北京取得生产许可并生产？", "Is it licensed for production and produced in Beijing?"),
    )
    produced_in_zhongguancun: bool | None = yes_no(
        ("在中关村示范区产业化", "industrialised in Zhongguancun"),
        ("是否在中关村示范区内产业化？", "Is it industrialised in the Zhongguancun Demonstration Zone?"),
    )
    total_investment: int | None = money(
        ("产品项目总投资", "total investment in the product"),
        ("产品项目总投资是多少？", "What is the total investment in the product's project?"),
    )
    first_generic: bool | None = yes_no(
        ("国内首仿", "first domestic generic"), ("是否为国内首仿药？", "Is it the first domestic generic?")
    )
    consistency_rank: int | None = count(
        PLACES,
        ("通过一致性评价的名次", "place in the consistency evaluation"),
        (
            "同品种中第几家通过一致性评价（未通过填0）？",
            "Which in its variety was it to pass the generic consistency evaluation (0: has not passed)?",
        ),
    )
    drug_lists: frozenset[str] | None = choices(
        w.DRUG_LISTS,
        ("列入的目录清单", "drug lists"),
        ("列入下列哪些药品目录或清单？", "Which of these lists is it on?"),
    )
    open_competition_shortlisted: bool | None = yes_no(
        ("工信部揭榜挂帅入围", "shortlisted in the MIIT open competition"),
        ("是否入围工信部揭榜挂帅？", "Was it shortlisted in the open competition of the industry ministry (MIIT)?"),
    )
    emergency_approved: bool | None = yes_no(
        ("应急审批获批", "emergency approval"),
        ("是否经应急审批获批？", "Was it approved under the emergency procedure?"),
    )
    introduced_from_abroad: bool | None = yes_no(
        ("境外引入品种", "brought in from abroad"),
        (
            "是否为境外在研或已上市、引入在京生产的品种？",
            "Was it developed or marketed abroad and brought in to be made in Beijing?",
        ),
    )
    sales_last_year: int | None = money(
        ("上一年度不含税销售收入", "sales last year, ex tax"),
        ("上一年度累计不含税销售收入是多少？", "What were its sales last year, excluding tax?"),
        past=True,
    )
    own_ip: bool | None = yes_no(
        ("自主知识产权", "own intellectual property"),
        ("是否拥有自主知识产权？", "Does the company own its intellectual property?"),
    )
    same_drug_supported_before: bool | None = yes_no(
        ("同一药品曾获支持", "same drug supported before"),
        (
            "同一药品（含其他剂型）是否曾获中关村同一政策支持？",
            "Was the same drug, in any dosage form, supported before under the Zhongguancun measures?",
        ),
        past=True,
    )
    overseas_approvals: frozenset[str] | None = choices(
        w.OVERSEAS_REGULATORS,
        ("境外注册批准", "approvals abroad"),
        ("获得了哪些境外监管机构批准？", "Which regulators abroad have approved it?"),
    )
    approved_in_target_market: bool | None = yes_no(
        ("在相应市场获批", "approved in the market concerned"),
        (
            "是否已在上述监管机构所辖的国家或地区获批上市？",
            "Is it approved for sale in the markets of these regulators?",
        ),
    )
    first_use_insured: bool | None = yes_no(
        ("首用产品已投保", "first-use product insured"),
        ("是否为已投保的首台（套）等首用产品？", "Is it an insured first-use product (first set, first batch …)?"),
    )
    nrdl_negotiated: bool | None = yes_no(
        ("国家医保谈判药品", "negotiated drug of the national list"),
        ("是否为国家医保目录谈判药品？", "Is it a negotiated drug of the national reimbursement list (NRDL)?"),
    )

    trial_completed: str | None = choice(
        w.COMPLETED_TRIALS,
        ("里程碑为完成的临床试验", "trial whose completion is the milestone"),
        ("里程碑是完成了哪一期临床试验？", "If its milestone is a completed clinical trial: which phase?"),
    )
    other_district_support: int | None = money(
        ("其他区级资金", "support from another district"),
        (
            "同一产品的临床获得其他区的资金是多少？",
            "How much has another district paid for trials of the same product?",
        ),
    )
    in_priority_review: bool | None = yes_no(
        ("进入医疗器械优先审批程序", "in the priority approval procedure"),
        ("是否进入国家医疗器械优先审批程序？", "Is it in the national priority approval procedure for devices?"),
    )
    industrialised_in_daxing: bool | None = yes_no(
        ("在大兴产业化", "industrialised in Daxing"),
        ("是否已在大兴区产业化？", "Is it in industrial production in Daxing District?"),
    )
    for_major_disease: bool | None = yes_no(
        ("治疗重大疾病", "for a major disease"), ("是否用于治疗重大疾病？", "Is it for a major disease?")
    )
    drug_family: str | None = choice(
        w.DRUG_FAMILIES,
        ("药品类型", "family of drug"),
        ("是化学药、生物制品还是中药？", "Is it a chemical drug, a biological product or a Chinese medicine?"),
    )
    production_approved: bool | None = yes_no(
        ("获得生产批件", "production approved"), ("是否已取得生产批件？", "Has its production been approved?")
    )
    produced_in_airport_zone: bool | None = yes_no(
        ("在临空经济区生产", "produced in the airport zone"),
        ("是否在大兴国际机场临空经济区生产？", "Is it produced in the Daxing airport economic zone?"),
    )
    settled_in_airport_zone: bool | None = yes_no(
        ("在临空经济区结算", "settled in the airport zone"),
        ("是否在大兴国际机场临空经济区结算（开票）？", "Are its sales invoiced in the Daxing airport economic zone?"),
    )
    output_last_year: int | None = money(
        ("上一年度产值", "output last year"),
        ("该产品上一年度的产值是多少？", "What was the output of this product last year?"),
        past=True,
    )
    best_earlier_output: int | None = money(
        ("更早各年度最高产值", "best output of the years before"),
        (
            "该产品在上一年度以前各年度中最高的产值是多少（没有填0）？",
            "What was the highest output of this product in any year before the last (0 if none)?",
        ),
        past=True,
    )
    first_set_recognised: bool | None = yes_no(
        ("认定的首台套", "recognised first set"),
        ("是否为认定的首台（套）装备？", "Is it equipment recognised as a first set?"),
    )
    first_set_contract: int | None = money(
        ("首台套合同执行额", "executed part of the first-set contract"),
        ("首台（套）合同已执行的金额是多少？", "How much of the recognised first-set contract has been executed?"),
    )


class Trial(Record, kind="trial", label=Words("临床试验", "trial"), dated_by="reached_on"):
    """One clinical trial of a product, by phase."""

    name: str | None = text(("试验名称", "name"), ("试验名称是什么？", "What is the trial called?"))
    reached_on: date | None = day(
        ("进入该期日期", "date the phase was reached"), ("何时进入该期临床？", "When was this phase reached?")
    )
    phase: str | None = choice(w.PHASES, ("试验分期", "phase"), ("是哪一期临床试验？", "Which phase is it?"))
    track: str | None = choice(
        w.TRACKS, ("赛道", "track"), ("受试产品属于哪个赛道？", "Which track is the product in?")
    )
    product_kind: str | None = choice(
        w.PRODUCT_KINDS, ("受试产品类别", "kind of product"), ("受试产品属于哪类？", "What kind of product is tried?")
    )
    drug_class: str | None = choice(
        w.DRUG_CLASSES,
        ("药品注册分类", "drug class"),
        ("受试药品的注册分类？", "Which registration class is the drug?"),
    )
    innovative: bool | None = yes_no(
        ("创新品种", "innovative variety"), ("受试产品是否为创新品种？", "Is the product an innovative variety?")
    )
    in_beijing: bool | None = yes_no(
        ("在京开展", "run in Beijing"), ("是否在北京的医疗机构开展？", "Is it run at a medical institution in Beijing?")
    )
    cost: int | None = money(("试验费用", "cost"), ("该年度试验费用是多少？", "What did the trial cost that year?"))

    other_district_support: int | None = money(
        ("其他区级资金", "support from another district"),
        ("同一试验获得其他区的资金是多少？", "How much has another district paid for the same trial?"),
    )
    translated_in_daxing: bool | None = yes_no(
        ("后续在大兴转化", "translated in Daxing"),
        ("受试产品后续是否在大兴区转化？", "Is the product taken on to production in Daxing District afterwards?"),
    )


class Lease(Record, kind="lease", label=Words("租约", "lease"), dated_by="year"):
    """One lease in one year."""

    year: int | None = year_of(("租金年度", "year"), ("是哪一年的租金？", "Which year is the rent for?"))
    in_yizhuang: bool | None = yes_no(
        ("位于亦庄新城", "in Yizhuang New Town"), ("房屋是否位于亦庄新城？", "Are the premises in Yizhuang New Town?")
    )
    use: str | None = choice(w.LEASE_USES, ("用途", "use"), ("房屋作什么用途？", "What are the premises used for?"))
    rent_paid: int | None = money(
        ("实付租金", "rent paid"), ("该年度实际支付的租金是多少？", "How much rent was actually paid that year?")
    )
    area: int | None = count(AREA, ("租赁面积", "floor area"), ("租赁面积是多少？", "How large are the premises?"))
    state_owned_landlord: bool | None = yes_no(
        ("出租方为国有", "state-owned landlord"), ("出租方是否为国有主体？", "Is the landlord state-owned?")
    )

    in_daxing: bool | None = yes_no(
        ("位于大兴区", "in Daxing District"), ("房屋是否位于大兴区？", "Are the premises in Daxing District?")
    )
    lawful_papers: bool | None = yes_no(
        ("房屋手续合法", "lawful papers"),
        ("房屋是否有合法手续？", "Do the premises have lawful papers?"),
    )
    guidance_rent: int | None = money(
        ("区域指导租金", "guidance rent of the area"),
        (
            "按区域指导价计算，该年度租金应为多少？",
            "What would the year's rent be at the guidance price of the area?",
        ),
    )
    premises: str | None = choice(
        w.LEASE_PREMISES,
        ("房屋所在载体", "kind of premises"),
        ("房屋位于哪类园区或楼宇？", "In what kind of park or building are the premises?"),
    )
    second_quarter_rent: int | None = money(
        ("第二季度实付租金", "rent paid for the second quarter"),
        ("该年度4月至6月实际支付的租金是多少？", "How much rent was actually paid for April to June of that year?"),
    )


class Investment(Record, kind="investment", label=Words("投资", "investment"), dated_by="year"):
    """One investment in one year."""

    year: int | None = year_of(("投资年度", "year"), ("是哪一年的投资？", "Which year was it made in?"))
    kind: str | None = choice(
        w.INVESTMENT_KINDS, ("投资类别", "kind"), ("是哪类投资？", "What kind of investment is it?")
    )
    amount: int | None = money(("投资额", "amount"), ("该年度投资额是多少？", "How much was invested that year?"))
    major_project: bool | None = yes_no(
        ("属于重大项目", "part of a major project"), ("是否属于重大项目？", "Is it part of a major project?")
    )

    non_hardware_amount: int | None = money(
        ("非硬件部分", "non-hardware part"),
        ("该年度实际采购额中非硬件部分是多少？", "How much of that year's purchase is not hardware?"),
    )
    first_in_industry: bool | None = yes_no(
        ("首个行业解决方案", "first solution of its industry"),
        ("是否为本行业首个大模型解决方案？", "Is it the first AI-model solution of its industry?"),
    )
    software_maturity: str | None = choice(
        w.SOFTWARE_MATURITY,
        ("软件智能化成熟度", "software maturity grade"),
        ("软件智能化升级达到哪一档成熟度？", "Which grade of maturity does the upgrade reach?"),
    )

    installed_kw: int | None = count(
        KILOWATTS,
        ("装机容量", "installed capacity"),
        ("光伏装机容量是多少千瓦（取整）？", "How many whole kW are installed?"),
        high=1_000_000,
    )

    purpose: str | None = choice(
        w.INVESTMENT_PURPOSES,
        ("投资用途", "purpose"),
        ("投资用于什么？", "What is the investment for?"),
    )
    in_daxing: bool | None = yes_no(
        ("落地大兴区", "made in Daxing District"), ("是否落地大兴区？", "Is it made in Daxing District?")
    )
    land_cost: int | None = money(
        ("土地费用", "cost of land"), ("投资额中土地费用是多少？", "How much of it is for land?")
    )
    property_cost: int | None = money(
        ("房产费用", "cost of property"), ("投资额中房产费用是多少？", "How much of it is for property?")
    )
    staff_cost: int | None = money(
        ("人员费用", "cost of staff"), ("投资额中人员费用是多少？", "How much of it is for staff?")
    )
    expects_breakthrough: bool | None = yes_no(
        ("预期取得重大突破", "major breakthrough expected"),
        ("项目是否预期取得重大突破？", "Is a major breakthrough expected of it?"),
    )
    leading_team: bool | None = yes_no(
        ("国际水平领军团队", "leading team of international level"),
        ("是否有国际水平的领军团队？", "Has it a leading team of international level?"),
    )
    brings_technology: bool | None = yes_no(
        ("引进国际水平技术或产品", "brings technology of international level"),
        (
            "是否可引进国际水平的技术或产品？",
            "Can it bring in technology or products of international level?",
        ),
    )
    in_production: bool | None = yes_no(
        ("先进制造已投产", "advanced manufacturing in production"),
        ("改造后先进制造业是否已投产？", "Is advanced manufacturing in production there after the conversion?"),
    )
    passed_review: bool | None = yes_no(
        ("通过评审", "passed the review"),
        ("是否通过主管部门评审？", "Has it passed the authority's review?"),
    )
    bank_loan: bool | None = yes_no(
        ("使用银行贷款", "paid by a bank loan"), ("是否以银行贷款支付？", "Is it paid out of a bank loan?")
    )
    in_first_quarter: bool | None = yes_no(
        ("第一季度发生", "made in the first quarter"),
        ("是否在该年度第一季度发生？", "Was it made in the first quarter of that year?"),
    )


class Talent(Record, kind="talent", label=Words("人才", "talent"), dated_by="entered_on"):
    """One person whom the company has brought in."""

    name: str | None = text(("人才代称", "name"), ("如何称呼该人才？", "What is this person called here?"))
    entered_on: date | None = day(
        ("入区日期", "date of entry"), ("该人才何时入区？", "When did this person enter the zone?")
    )
    grade: str | None = choice(
        w.TALENT_GRADES,
        ("亦麒麟人才层级", "Yiqilin grade"),
        ("认定为哪一级“亦麒麟”人才？", "As which grade of Yiqilin talent is this person recognised?"),
    )


class Payment(Record, kind="payment", label=Words("已获资金", "payment"), dated_by="year"):
    """All the money already received under one clause for one year (and one item)."""

    clause: str | None = text(("条款", "clause"), ("依据哪一条款？", "Under which clause was it paid?"))
    item: str | None = text(("项", "item"), ("对应哪一项（如 products[0]）？", "For which item (such as products[0])?"))
    year: int | None = year_of(("所属年度", "year"), ("对应哪一年度？", "Which year is it for?"))
    amount: int | None = money(("金额", "amount"), ("获得了多少？", "How much was received?"))


ITEM_RECORDS: tuple[type[Record], ...] = (Project, Product, Trial, Lease, Investment, Talent)
"""The kinds of items that a clause can pay for, in order."""

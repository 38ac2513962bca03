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
    needs: frozenset[str] | None = choices(
        w.NEEDS, ("需求", "needs"), ("需要哪些服务？", "Which kinds of help does it look for?")
    )
    uses_digital_rnd: bool | None = yes_no(
        ("依托数字技术研发", "research relies on digital technology"),
        ("研发是否依托数字技术？", "Does its research rely on digital technology?"),
    )
    foreign_funded: bool | None = yes_no(
        ("外商投资企业", "foreign-funded"), ("是否为外商投资企业？", "Is it foreign-funded?")
    )
    key_pharma_company: bool | None = yes_no(
        ("重点医药企业", "key pharmaceutical company"),
        ("是否被认定为重点医药企业？", "Has it been named a key pharmaceutical company?"),
    )
    settles_in_biopark: bool | None = yes_no(
        ("入驻国际医药创新公园", "settles in BioPark"),
        ("是否入驻或拟入驻国际医药创新公园？", "Does it settle in BioPark?"),
    )
    parent_rnd: int | None = money(
        ("母公司研发费用", "parent's R&D expense"),
        ("母公司上一年度研发费用是多少？", "What was the parent company's R&D expense last year?"),
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


class Payment(Record, kind="payment", label=Words("已获资金", "payment"), dated_by="year"):
    """All the money already received under one clause for one year (and one item)."""

    clause: str | None = text(("条款", "clause"), ("依据哪一条款？", "Under which clause was it paid?"))
    item: str | None = text(("项", "item"), ("对应哪一项（如 products[0]）？", "For which item (such as products[0])?"))
    year: int | None = year_of(("所属年度", "year"), ("对应哪一年度？", "Which year is it for?"))
    amount: int | None = money(("金额", "amount"), ("获得了多少？", "How much was received?"))


ITEM_RECORDS: tuple[type[Record], ...] = (Project, Product, Trial, Lease, Investment)
"""The kinds of items that a clause can pay for, in order."""

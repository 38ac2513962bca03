"""The enumerations that facts share, with their labels (zh, en)."""

from __future__ import annotations

from typing import Final

Labels = dict[str, tuple[str, str]]

COMPANY_TOPICS: Final[Labels] = {
    "name": ("基本情况", "the company"),
    "needs": ("定位和需求", "standing and needs"),
    "foreign_funded": ("外资和总部", "foreign capital and headquarters"),
    "parent_rnd": ("研发机构", "R&D institutions"),
    "producer_service": ("服务业和人才", "services and talents"),
    "green_title": ("绿色低碳", "green production"),
    "niche_years": ("专精特新评价", "evaluation as a specialised SME"),
    "first_passed_revenue_threshold": ("此前的支持和试点", "earlier support"),
}
"""What the company's facts are about, by the first fact of each topic; a topic goes on to the next."""

TRACKS: Final[Labels] = {
    "innovative_drugs": ("创新药", "innovative drugs"),
    "vaccines": ("疫苗", "vaccines"),
    "cell_and_gene_therapy": ("细胞与基因治疗", "cell and gene therapy"),
    "high_end_medical_equipment": ("高端医疗装备", "high-end medical equipment"),
    "other_medical_devices": ("其他医疗器械", "other medical devices"),
    "in_vitro_diagnostics": ("体外诊断", "in-vitro diagnostics"),
    "generic_drugs": ("仿制药", "generic drugs"),
    "traditional_chinese_medicine": ("中药", "traditional Chinese medicine"),
    "synthetic_biology": ("合成生物", "synthetic biology"),
    "brain_computer_interface": ("脑机接口", "brain-computer interfaces"),
    "digital_health": ("数字医疗与人工智能医药", "digital health and AI for medicine"),
    "contract_services": ("合同研发与生产服务", "contract research and manufacturing (CRO, CDMO)"),
    "other_health": ("其他医药健康", "other health industry"),
    "not_health": ("非医药健康", "not health industry"),
}

ACTIVITIES: Final[Labels] = {
    "rnd": ("研发", "research and development"),
    "production": ("生产", "production"),
    "service": ("服务", "services"),
    "sales": ("销售", "sales"),
}

AREAS: Final[Labels] = {
    "yizhuang_new_town": ("亦庄新城", "Yizhuang New Town (225 km²)"),
    "etown_core": ("北京经开区核心区", "E-Town core (60 km²)"),
    "ftz_etown_cluster": ("自贸试验区高端产业片区亦庄组团", "E-Town cluster of the free-trade zone (27.83 km²)"),
    "jiugong": ("大兴区旧宫镇", "Jiugong town (Daxing District, in Yizhuang New Town)"),
    "biopark": ("国际医药创新公园", "International Pharmaceutical Innovation Park (BioPark)"),
    "daxing": ("大兴区", "Daxing District"),
    "tongzhou": ("通州区", "Tongzhou District"),
    "daxing_airport_zone": ("大兴国际机场临空经济区", "Daxing airport economic zone"),
    "daxing_biomedical_base": ("大兴生物医药产业基地", "Daxing Biomedical Industry Base"),
    "zhongguancun": ("中关村国家自主创新示范区", "Zhongguancun Demonstration Zone"),
    "haidian": ("海淀区", "Haidian District"),
    "changping": ("昌平区", "Changping District"),
    "other_beijing": ("北京市其他区", "elsewhere in Beijing"),
    "outside_beijing": ("北京市以外", "outside Beijing"),
}

SIZES: Final[Labels] = {
    "micro": ("微型", "micro"),
    "small": ("小型", "small"),
    "medium": ("中型", "medium"),
    "large": ("大型", "large"),
}

SME_SECTORS: Final[Labels] = {
    "industry": ("工业", "industry"),
    "software": ("软件和信息技术服务业", "software and IT services"),
    "information_transmission": ("信息传输业", "information transmission"),
    "wholesale": ("批发业", "wholesale"),
    "retail": ("零售业", "retail"),
    "other": (
        "其他未列明行业（含科学研究和技术服务业）",
        "not listed (scientific research and technical services among them)",
    ),
}

QUALIFICATIONS: Final[Labels] = {
    "high_tech_enterprise": ("国家高新技术企业", "national high-tech enterprise"),
    "technology_sme": ("科技型中小企业", "technology SME"),
    "zgc_high_tech": ("中关村高新技术企业", "Zhongguancun high-tech enterprise"),
    "specialised_sme": ("专精特新中小企业", "specialised and sophisticated SME"),
    "little_giant": ("专精特新“小巨人”企业", "specialised “little giant”"),
    "above_scale": ("规模以上企业", "enterprise above designated size"),
    "listed": ("上市公司", "listed company"),
    "gazelle": ("瞪羚企业", "gazelle company"),
    "unicorn": ("独角兽企业", "unicorn company"),
}

PARTNERS: Final[Labels] = {
    "university": ("高校", "university"),
    "national_laboratory": ("国家实验室", "national laboratory"),
    "research_institute": ("科研院所", "research institute"),
    "top_hospital": ("三甲医院", "top-tier hospital"),
    "enterprise": ("企业", "enterprise"),
    "model_company": ("大模型企业", "large-model company"),
}

NEEDS: Final[Labels] = {
    "rnd_space": ("研发空间", "space for research and development"),
    "production_space": ("产业承载空间", "space to carry production"),
    "financing": ("金融支持", "financing"),
    "talent": ("人才引进", "talent"),
    "digital_rnd": ("数字化研发与算力", "digital research and computing power"),
    "digital_equipment": ("数字装备融合", "joining equipment with digital hard technologies"),
    "partners": ("对接高校、实验室和医院", "links with universities, laboratories and hospitals"),
    "expert_advice": ("专家智库", "expert advice"),
    "achievement_transformation": ("成果转化", "turning achievements into products"),
    "joint_rnd": ("共建新型研发机构", "a joint research institution"),
    "key_technology": ("关键核心技术攻关", "solving a key technology"),
    "clinical_research": ("临床研究", "clinical research"),
    "review_and_approval": ("审评审批", "review and approval"),
    "rare_disease_access": ("罕见病药品保障", "access to rare-disease drugs"),
    "shared_facilities": ("科学设施与中试平台", "shared facilities and pilot platforms"),
    "intellectual_property": ("知识产权", "intellectual property"),
    "market_launch": ("产品上市", "market launch"),
    "hospital_entry": ("进入医疗机构", "entry into hospitals"),
    "import": ("进口通关", "import and customs clearance"),
    "cross_border_production": ("跨境生产", "production for holders abroad"),
}

PROJECT_LEVELS: Final[Labels] = {
    "national": ("国家级", "national"),
    "beijing": ("北京市级", "Beijing municipal"),
    "district": ("区级", "district"),
    "own": ("企业自立", "the company's own"),
}

PROJECT_FIELDS: Final[Labels] = {
    "science_technology": ("科技", "science and technology"),
    "industrial": ("产业", "industrial"),
    "other": ("其他", "other"),
}

PROJECT_FORMS: Final[Labels] = {
    "ordinary": ("一般项目", "ordinary project"),
    "joint_rnd_institution": ("共建新型研发机构", "joint new-type research institution"),
    "open_competition": ("揭榜挂帅", "open competition for solutions"),
    "achievement_transformation": ("成果转化项目", "transformation of achievements"),
    "industry_large_model": ("行业大模型", "industry large model"),
    "ai_diagnosis_promotion": ("人工智能辅助诊疗推广", "promotion of AI-assisted diagnosis and treatment"),
    "key_parts_tackling": ("关键零部件和材料联合攻关", "joint tackling of key parts and materials"),
    "smart_manufacturing": ("智能制造项目", "smart-manufacturing project"),
    "green_low_carbon": ("绿色低碳项目", "green and low-carbon project"),
    "first_solution": ("首方案", "first solution"),
    "smart_transformation": ("智能化数字化改造", "smart and digital transformation"),
}

PRODUCT_KINDS: Final[Labels] = {
    "drug": ("药品", "drug"),
    "vaccine": ("疫苗", "vaccine"),
    "cell_or_gene_therapy": ("细胞或基因治疗产品", "cell or gene therapy product"),
    "device": ("医疗器械", "medical device"),
    "diagnostic_reagent": ("体外诊断试剂", "diagnostic reagent"),
    "service_platform": ("服务平台", "service platform"),
}

DRUG_CLASSES: Final[Labels] = {
    "class_1": ("1类（创新）", "class 1 (innovative)"),
    "class_2": ("2类（改良）", "class 2 (improved)"),
    "class_3": ("3类", "class 3"),
    "class_4": ("4类", "class 4"),
    "class_5": ("5类", "class 5"),
    "not_a_drug": ("不是药品", "not a drug"),
}

DEVICE_CLASSES: Final[Labels] = {
    "class_i": ("第一类", "Class I"),
    "class_ii": ("第二类", "Class II"),
    "class_iii": ("第三类", "Class III"),
    "not_a_device": ("不是医疗器械", "not a device"),
}

STAGES: Final[Labels] = {
    "early_rnd": ("早期研发", "early research"),
    "preclinical": ("临床前", "preclinical"),
    "clinical": ("临床研究", "clinical research"),
    "filed": ("已申报上市", "filed for marketing"),
    "approved": ("已获批", "approved"),
    "marketed": ("已上市", "on the market"),
}

TECHNOLOGIES: Final[Labels] = {
    "ai": ("人工智能", "artificial intelligence"),
    "vr": ("虚拟现实", "virtual reality"),
    "sensors": ("传感器", "sensors"),
    "robots": ("机器人", "robots"),
    "none": ("无", "none of these"),
}

USE_FIELDS: Final[Labels] = {
    "intelligent_diagnosis": ("智能诊疗", "intelligent diagnosis and treatment"),
    "virtual_surgery": ("虚拟手术", "virtual surgery"),
    "precision_medicine": ("精准医疗", "precision medicine"),
    "other": ("其他", "other"),
}

PHASES: Final[Labels] = {
    "phase_i": ("I期", "phase I"),
    "phase_ii": ("II期", "phase II"),
    "phase_iii": ("III期", "phase III"),
    "phase_iv": ("IV期", "phase IV"),
    "device_trial": ("医疗器械临床试验", "device trial"),
    "investigator_initiated": ("研究者发起的临床研究", "investigator-initiated study"),
}

LEASE_USES: Final[Labels] = {
    "rnd": ("研发", "research and development"),
    "production": ("生产", "production"),
    "service": ("服务", "services"),
    "office": ("办公", "offices only"),
    "other": ("其他", "other"),
}

INVESTMENT_KINDS: Final[Labels] = {
    "fixed_assets": ("固定资产投资", "fixed assets"),
    "finance_lease": ("融资租赁", "finance lease"),
    "equipment": ("设备购置", "equipment"),
    "other": ("其他", "other"),
    "ai_model_solution": ("行业大模型解决方案采购", "purchase of an industry AI-model solution"),
    "software_upgrade": ("软件智能化升级", "software intelligence upgrade"),
    "distributed_photovoltaic": ("分布式光伏", "distributed photovoltaics"),
}

RND_CENTRE_LEVELS: Final[Labels] = {
    "local": ("本地研发中心", "local centre"),
    "regional": ("区域（跨国）研发中心", "regional centre"),
    "global": ("全球研发中心", "global centre"),
    "none": ("未设研发中心", "no R&D centre"),
}

DRUG_LISTS: Final[Labels] = {
    "encouraged_generics": ("鼓励仿制药品目录", "encouraged generics"),
    "national_shortage": ("国家短缺药品清单", "national shortage list"),
    "shortage_prone": ("临床必需易短缺药品清单", "clinically necessary, prone to shortage"),
    "paediatric": ("鼓励研发儿童药品清单", "children's drugs whose development is encouraged"),
    "rare_disease": ("罕见病目录", "rare diseases"),
    "none": ("均未列入", "on none of them"),
}

OVERSEAS_REGULATORS: Final[Labels] = {
    "fda": ("美国FDA", "FDA (United States)"),
    "ce": ("欧盟CE", "CE (European Union)"),
    "pmda": ("日本PMDA", "PMDA (Japan)"),
    "tga": ("澳大利亚TGA", "TGA (Australia)"),
    "brics": ("金砖国家监管机构", "a regulator of a BRICS country"),
    "who": ("世界卫生组织", "WHO"),
    "other": ("其他境外监管机构", "another regulator abroad"),
    "none": ("无", "none"),
}

FACTORY_TITLES: Final[Labels] = {
    "national_benchmark": ("国家级智能制造标杆企业", "national smart-manufacturing benchmark"),
    "national_demonstration": ("国家级智能制造示范工厂", "national smart-manufacturing demonstration factory"),
    "lighthouse": ("“灯塔工厂”", "lighthouse factory"),
    "other": ("其他称号", "another title"),
    "none": ("无", "none"),
}

SOFTWARE_MATURITY: Final[Labels] = {
    "lowest": ("最低一档", "the lowest of three grades"),
    "middle": ("中间一档", "the middle grade"),
    "highest": ("最高一档", "the highest grade"),
    "below": ("未达到各档", "below all three"),
}

HEADQUARTERS: Final[Labels] = {
    "multinational_regional": ("跨国公司地区总部", "regional headquarters of a multinational"),
    "multinational_functional": ("跨国公司功能性总部", "functional headquarters of a multinational"),
    "national": ("全国总部", "national headquarters"),
    "regional": ("其他区域总部", "other regional headquarters"),
    "functional": ("其他功能性总部", "other functional headquarters"),
    "foreign_rnd": ("外资研发总部", "foreign R&D headquarters"),
    "industry_demonstration": ("行业示范性总部", "industry-demonstration headquarters"),
    "key_contributor": ("贡献突出的重点企业", "key enterprise of great contribution"),
    "none": ("非总部", "no headquarters"),
}

PRODUCER_SERVICES: Final[Labels] = {
    "information": ("信息服务", "information services"),
    "science_technology": ("科技服务（含研发、设计）", "science and technology services (R&D and design among them)"),
    "business": ("商务服务", "business services"),
    "industrial_finance": ("产业金融", "industrial finance"),
    "transport_logistics": ("交通运输与物流", "transport and logistics"),
    "other": ("其他生产性服务", "another producer service"),
    "none": ("非生产性服务业", "no producer service"),
}

TITLE_LEVELS: Final[Labels] = {
    "national": ("国家级", "national"),
    "municipal": ("市级", "municipal"),
    "none": ("无", "none"),
}

CERTIFICATIONS: Final[Labels] = {
    "first": ("首次获得", "for the first time"),
    "again_supported": ("获经开区支持后再次获得", "again, after E-Town paid for an earlier one"),
    "again_unsupported": ("再次获得，此前未获经开区支持", "again, E-Town never having paid"),
    "none": ("未获得", "not certified"),
}

CERTIFIED_PARTS: Final[Labels] = {
    "enterprise": ("整个企业", "the whole enterprise"),
    "urban_renewal_park": ("城市更新园区", "an urban-renewal park"),
    "plant_or_workshop": ("部分厂房或车间", "a plant or workshop"),
    "other": ("其他", "something else"),
}

GROWTH_TITLES: Final[Labels] = {
    "gazelle": ("瞪羚企业", "gazelle company"),
    "unicorn": ("独角兽企业", "unicorn company"),
    "none": ("无", "none"),
}

RND_CENTRE_RECOGNITION: Final[Labels] = {
    "science_ministry": ("科技部认定", "the national science ministry"),
    "municipal_commission": ("市科委认定", "the municipal science and technology commission"),
    "none": ("未认定", "nobody"),
}

INNOVATION_AWARDS: Final[Labels] = {
    "provincial_award_top_three": ("省级科技奖励前三名", "provincial science award, top three"),
    "national_award_top_five": ("国家级科技奖励第四、五名", "national science award, fourth or fifth"),
    "national_award_top_three": ("国家级科技奖励前三名", "national science award, top three"),
    "maker_top_500": ("“创客中国”全国500强", "national top 500 of the maker contest"),
    "none": ("无", "none"),
}

COMPLETED_TRIALS: Final[Labels] = {
    "phase_i": ("完成I期", "phase I"),
    "phase_ii": ("完成II期", "phase II"),
    "phase_iii": ("完成III期", "phase III"),
    "device_trial": ("完成医疗器械临床试验", "device trial"),
    "none": ("不是完成临床试验", "its milestone is another"),
}

DRUG_FAMILIES: Final[Labels] = {
    "chemical": ("化学药", "chemical drug"),
    "biological": ("生物制品", "biological product"),
    "chinese_medicine": ("中药", "Chinese medicine"),
    "not_a_drug": ("不是药品", "not a drug"),
}

INVESTMENT_PURPOSES: Final[Labels] = {
    "regional_headquarters": ("设立区域总部", "regional headquarters"),
    "rnd_centre": ("设立研发中心", "R&D centre"),
    "factory_reuse": ("老旧厂房改造利用", "reuse of an old factory"),
    "smart_upgrade": ("智能化改造", "smart upgrade"),
    "green_upgrade": ("绿色化改造", "green upgrade"),
    "other": ("其他", "other"),
}

LEASE_PREMISES: Final[Labels] = {
    "operating_park": ("经营性园区", "operating park"),
    "characteristic_park": ("特色园区", "characteristic park"),
    "urban_renewal_park": ("城市更新园区", "urban-renewal park"),
    "office_building": ("商务楼宇", "office building"),
    "other": ("其他", "other"),
}

TALENT_GRADES: Final[Labels] = {
    "top": ("顶尖人才", "top talent"),
    "outstanding": ("杰出人才", "outstanding talent"),
    "leading": ("领军人才", "leading talent"),
    "excellent": ("优秀人才", "excellent talent"),
    "none": ("未认定", "not recognised"),
}

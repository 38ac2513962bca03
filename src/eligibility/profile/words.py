"""The enumerations that facts share, with their labels (zh, en)."""

from __future__ import annotations

from typing import Final

Labels = dict[str, tuple[str, str]]

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
    "biopark": ("国际医药创新公园", "International Pharmaceutical Innovation Park (BioPark)"),
    "daxing": ("大兴区", "Daxing District"),
    "tongzhou": ("通州区", "Tongzhou District"),
    "daxing_airport_zone": ("大兴国际机场临空经济区", "Daxing airport economic zone"),
    "daxing_biomedical_base": ("大兴生物医药产业基地", "Daxing Biomedical Industry Base"),
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
}

PARTNERS: Final[Labels] = {
    "university": ("高校", "university"),
    "national_laboratory": ("国家实验室", "national laboratory"),
    "research_institute": ("科研院所", "research institute"),
    "top_hospital": ("三甲医院", "top-tier hospital"),
    "enterprise": ("企业", "enterprise"),
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
}

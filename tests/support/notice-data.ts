// A rectification notice, an inspection record and a training of the demonstration town.
import type { InspectionRecordData, RectificationNoticeData, TrainingData } from '../../services/documents/index.ts';

export function noticeData(overrides: Partial<RectificationNoticeData> = {}): RectificationNoticeData {
  return {
    kind: 'advice',
    no: 'HZ7K2-26-T0031',
    issuedDate: '2026-11-18',
    clientName: '华漕镇人民政府',
    orgName: '上海清源环境技术有限公司',
    enterprise: {
      name: '上海锦泰汽车维修有限公司',
      creditCode: '91310115MA1K00015K',
      address: '闵行区华漕镇建东村联友路1188弄6号',
      contact: '张伟',
      phone: '13812346021',
    },
    visitDate: '2026-11-18',
    round: '第二轮',
    inspectors: ['陈思远', '李明'],
    findings: [
      {
        no: 'HZ7K2-26-00042',
        category: '危险废物',
        handlingClass: '限期整改',
        location: '喷漆房北侧空地',
        description: '废机油桶（约6只）露天堆放，地面未做防渗，未设置危险废物识别标志。',
        photos: [
          { id: 'a', caption: '喷漆房北侧　2026年11月18日9时30分' },
          { id: 'b', caption: '废机油桶近景　2026年11月18日9时31分' },
          { id: 'c', caption: '标签缺失' },
        ],
        legalBasis: [
          {
            lawTitle: '中华人民共和国固体废物污染环境防治法',
            documentNo: '主席令第43号',
            article: '第七十九条',
            verified: true,
          },
          { lawTitle: '危险废物贮存污染控制标准', documentNo: 'GB 18597-2023', article: '6.1', verified: false },
        ],
        suggestion:
          '将废机油桶移入危废暂存间，分类贮存并加设防渗托盘，补贴识别标志。可参考同村已完成改造的企业做法，在暂存间门口张贴每周检查表。',
        measure: '清理露天桶，加设托盘',
        responsible: '张伟',
        deadline: '2026-12-03',
      },
      {
        no: 'HZ7K2-26-00043',
        category: '环境管理台账',
        handlingClass: '即知即改',
        location: null,
        description: '9月废气治理设施运行台账缺失。',
        photos: [],
        photoExemptReason: '资料检查',
        legalBasis: [],
        suggestion: '补齐台账，指定专人每日记录。',
        measure: null,
        responsible: null,
        deadline: null,
      },
      {
        no: 'HZ7K2-26-00044',
        category: '废气、油烟',
        handlingClass: '限期整改',
        location: '烤漆房排口',
        description: '活性炭超过更换周期45天，现场未见更换记录。',
        photos: [{ id: 'missing', caption: '活性炭箱' }],
        legalBasis: [{ lawTitle: '挥发性有机物无组织排放控制标准', verified: false }],
        suggestion: '更换活性炭并保存更换记录、采购凭证和废活性炭转移联单。',
        measure: null,
        responsible: '张伟、李强',
        deadline: '2026-12-03',
      },
    ],
    consequences: [
      '危险废物未按规定贮存，可能被主管部门认定为违反固体废物管理规定，请尽早改正',
      '废气治理设施未正常运行的，主管部门可依法调查处理',
    ],
    feedback: { person: '陈思远', phone: '021-52340088', other: '微信工作群“华漕环保管家”' },
    replyBy: '2026-12-05',
    ...overrides,
  };
}

export function recordData(overrides: Partial<InspectionRecordData> = {}): InspectionRecordData {
  const item = (
    text: string,
    result: string,
    remark: string | null = null,
  ): { text: string; result: string; remark: string | null } => ({ text, result, remark });
  return {
    no: 'HZ7K2-26-J0118',
    round: '第二轮',
    date: '2026-11-18',
    time: '09:20-11:05',
    orgName: '上海清源环境技术有限公司',
    enterprise: {
      name: '上海锦泰汽车维修有限公司',
      creditCode: '91310115MA1K00015K',
      address: '闵行区华漕镇建东村联友路1188弄6号',
      objectKind: '汽修',
      industry: '8111 汽车修理与维护',
      operatingStatus: '在产',
      contact: '张伟',
      phone: '13812346021',
      permitClass: '登记管理',
      permitNo: '91310115MA1K00015K001X',
      permitEnd: '2028-03-15',
      eia: '登记表（2019年备案）',
      acceptance: null,
    },
    accompanying: ['张伟'],
    purposes: [
      ['例行检查', true],
      ['专项检查', false],
      ['回头看', false],
      ['信访', false],
      ['复核', true],
    ].map(([label, checked]) => ({ label: String(label), checked: Boolean(checked) })),
    aspects: [
      {
        title: '环保手续',
        items: [item('环评文件与实际建设内容一致', '符合'), item('排污登记在有效期内，登记内容与实际一致', '符合')],
      },
      {
        title: '危险废物',
        items: [
          item('危废暂存间设置防渗、防泄漏措施', '不符合', '废机油桶露天堆放'),
          item('危废标签、标志规范', '部分符合', '3只桶无标签'),
          item('转移联单齐全', '未检查', '联单在总部'),
        ],
      },
      { title: '辐射', items: [item('射线装置许可', '不适用')] },
    ],
    quantities: [
      { label: '生产负荷', value: '约70%' },
      { label: '危废贮存量', value: '0.8吨' },
      { label: '最早贮存日期', value: '2026年3月2日' },
    ],
    findings: [
      {
        no: 'HZ7K2-26-00042',
        description: '废机油桶露天堆放，地面未做防渗',
        handlingClass: '限期整改',
        deadline: '2026-12-03',
      },
    ],
    previous: [{ no: 'HZ7K2-26-00007', description: '喷漆房密封条破损', result: '通过' }],
    guidance: '现场讲解危废标签填写要求，示范台账记录。',
    photos: [{ id: 'a', caption: '喷漆房北侧' }, { id: 'p', caption: '暂存间' }, { id: 'missing' }],
    enterpriseOpinion: '无异议，尽快整改',
    inspectors: ['陈思远', '李明'],
    ...overrides,
  };
}

export function trainingData(overrides: Partial<TrainingData> = {}): TrainingData {
  return {
    title: '危险废物规范化管理',
    kind: '专班培训',
    date: '2026-11-06',
    hours: '2',
    place: '镇政府三楼会议室',
    trainer: '李明',
    orgName: '上海清源环境技术有限公司',
    audience: '汽修企业',
    attendees: Array.from({ length: 32 }, (_, index) => ({
      unit: `上海第${index + 1}汽车维修有限公司`,
      name: ['张伟', '王建国', '欧阳明华'][index % 3] ?? null,
      post: index % 4 === 0 ? null : '环保专员',
      phone: '13812346021',
    })),
    summary: {
      invited: 60,
      attended: 32,
      persons: 45,
      coverage: '53.3%',
      content: ['危险废物名录与识别', '贮存、标签与台账要求', '转移联单操作'],
      questions: ['废油漆桶是否按危废管理：属于HW49，需按危废管理'],
      assessment: '随堂测验平均88分，满意度4.7分',
      improvements: ['28家未到企业拟于12月补课'],
      photos: [
        { id: 'a', caption: '培训现场' },
        { id: 'b', caption: '答疑' },
      ],
      materials: ['课件《汽修行业危废管理》'],
      issuedOn: '2026-11-08',
    },
    ...overrides,
  };
}

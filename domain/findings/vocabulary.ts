// Choices of findings and the closed loop (domain reference 2.7, 2.9).
import { labelOf, vocabulary, type IdOf, type Vocabulary } from '../dictionary/vocabulary.ts';

export const HANDLING_CLASSES = vocabulary({ immediate: '即知即改', deadline: '限期整改', major: '重大问题' });

/** The classes on papers for enterprises: a service suggests (domain reference 8.1). */
export const HANDLING_CLASSES_ON_PAPER: Vocabulary<IdOf<typeof HANDLING_CLASSES>> = vocabulary({
  immediate: '当场改进',
  deadline: '建议限时完成',
  major: '重大事项',
});

export const FINDING_CATEGORIES = vocabulary({
  formalities: '环保手续',
  wastewater: '废水/雨污分流',
  exhaust: '废气/油烟',
  noise: '噪声',
  general_waste: '一般固废',
  hazardous_waste: '危险废物',
  medical_waste: '医疗废物',
  facility_operation: '污染防治设施运行',
  ledger: '环境管理台账',
  self_monitoring: '自行监测',
  outlet_marking: '排放口规范化',
  disclosure: '信息公开',
  emergency: '环境应急',
  chemicals: '危化品/原辅料',
  biosafety: '生物安全',
  radiation: '辐射',
  dust: '扬尘',
  nonroad_machinery: '非道路移动机械',
  public_area: '公共区域/物业',
  illegal_premises: '厂中厂/违法建设',
  other: '其他',
});

/** Whose finding it is: the steward's, or the authority's whose inspection was assisted (domain reference 8.1). */
export const FINDING_OWNERS = vocabulary({ service: '服务单位', authority: '执法机关' });

export const NOTICE_KINDS = vocabulary({ advice: '整改建议单', notice: '整改通知单' });
export const NOTICE_STATES = vocabulary(
  { issued: '已开具', acknowledged: '已签收', cleared: '已办结' },
  {},
  { retired: { draft: '草稿' } },
);
export const DELIVERY_KINDS = vocabulary({ on_site: '现场打印', print_later: '事后打印', message: '电子发送' });
export const FOLLOW_UP_CHANNELS = vocabulary({ phone: '电话', wechat: '微信', visit: '走访', meeting: '会议' });
export const VERIFICATION_METHODS = vocabulary({ on_site: '现场', documents: '资料', photo: '照片' });
export const VERIFICATION_RESULTS = vocabulary({ pass: '通过', fail: '不通过', partial: '部分通过' });

/** What a person says of two findings that the radar shows beside each other. */
export const REPEAT_DECISIONS = vocabulary({ repeat: '是重复', not_repeat: '不是重复' });

/** A verification for a list, `现场部分通过 2026-11-19`, from `result|date|method`; null for none. */
export function verificationText(packed: string | null): string | null {
  const [result, date, method] = packed?.split('|') ?? [];
  return result
    ? `${labelOf(VERIFICATION_METHODS, method)}${labelOf(VERIFICATION_RESULTS, result)} ${date ?? ''}`
    : null;
}

export const PHOTO_EXEMPTIONS = vocabulary({
  document_only: '仅资料问题',
  forbidden: '企业不允许拍照',
  technical: '设备故障',
  other: '其他',
});

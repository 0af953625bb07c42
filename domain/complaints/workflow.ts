// The life of a complaint (domain reference 3.6): received -> assigned -> surveyed -> analysed -> answered -> closed; a steward surveys
// and proposes, the authority answers in law (8.1).
import { defineWorkflow, missingWhen } from '../dictionary/workflow.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

export const COMPLAINT_STATES = vocabulary({
  received: '已登记',
  assigned: '已派发',
  surveyed: '已调查',
  analysed: '已分析',
  answered: '已答复',
  closed: '已办结',
  not_accepted: '不予受理',
});

export const COMPLAINT_SOURCES = vocabulary({
  hotline_12345: '12345 热线',
  hotline_12369: '12369 热线',
  letter: '来信',
  visit: '来访',
  wechat_web: '微信、网络',
  transferred: '上级转办',
  other: '其他',
});

/** Classes of the hotline's own statistics (domain reference 3.6). */
export const COMPLAINT_MEDIA = vocabulary(
  {
    air_industrial: '工业废气',
    air_catering: '餐饮油烟',
    noise_industrial: '工业噪声',
    noise_social: '社会生活噪声',
    noise_construction: '建筑施工噪声',
    noise_catering: '餐饮噪声',
    water: '水污染',
    solid_waste: '固体废物',
    radiation: '辐射',
    vehicle: '机动车',
    construction_project: '建设项目',
    other: '其他',
  },
  {
    air_industrial: '废气 异味 臭气 恶臭',
    air_catering: '油烟',
    water: '污水 废水 水',
    solid_waste: '固废',
    construction_project: '扬尘 工地扬尘',
  },
);

export const COMPLAINT_CONCLUSIONS = vocabulary({
  founded: '属实',
  partly_founded: '部分属实',
  unfounded: '不属实',
  unclear: '无法查实',
});

/** What the guards look at: the complaint itself. */
interface ComplaintFacts {
  readonly receivedDate: string;
  readonly surveyNote: string | null;
  readonly conclusion: string | null;
  readonly answer: string | null;
}

const OFFICE = ['leader', 'inspector', 'expert', 'clerk'];

export const complaintWorkflow = defineWorkflow<ComplaintFacts>()({
  of: 'complaint',
  state: 'state',
  states: COMPLAINT_STATES,
  events: {
    receive: { label: '登记信访', from: [], to: 'received', asks: [], allowedTo: OFFICE },
    assign: {
      label: '派发',
      from: ['received'],
      to: 'assigned',
      asks: [{ field: 'handlerId', required: '请选择经办人' }, 'expertStaffId', 'dueDate'],
      allowedTo: OFFICE,
      place: 'main',
      said: '已派发',
    },
    survey: {
      label: '登记现场调查',
      from: ['assigned'],
      to: 'surveyed',
      asks: [
        { field: 'surveyDate', required: '请填写调查日期', initial: 'today' },
        'visitId',
        { field: 'surveyNote', required: '请写现场看到的情况' },
        { field: 'conclusion', required: '请选择调查结论' },
      ],
      allowedTo: OFFICE,
      place: 'main',
      said: '已登记现场调查',
    },
    analyse: {
      label: '写原因分析',
      from: ['surveyed'],
      to: 'analysed',
      asks: [{ field: 'analysis', required: '请写原因分析' }],
      allowedTo: OFFICE,
      place: 'main',
    },
    answer: {
      label: '登记答复',
      from: ['analysed'],
      to: 'answered',
      asks: [
        { field: 'answer', required: '请写答复内容' },
        { field: 'answeredDate', required: '请填写答复日期', initial: 'today' },
      ],
      allowedTo: OFFICE,
      place: 'main',
    },
    close: {
      label: '办结',
      from: ['answered'],
      to: 'closed',
      asks: [{ field: 'closedDate', required: '请填写办结日期', initial: 'today' }],
      allowedTo: OFFICE,
      place: 'main',
      guard: (f, given) =>
        missingWhen(
          typeof given?.values.closedDate === 'string' && given.values.closedDate < f.receivedDate,
          'CLOSED_BEFORE_RECEIVED',
          `办结日期早于收到日期 ${f.receivedDate}，请核对`,
        ),
    },
    dissatisfied: {
      label: '信访人不满意，再调查',
      from: ['answered'],
      to: 'assigned',
      asks: ['dueDate'],
      reason: '请写信访人不满意的地方',
      allowedTo: OFFICE,
      place: 'side',
      action: '信访人不满意，再调查',
    },
    refuse: {
      label: '不予受理',
      from: ['received', 'assigned'],
      to: 'not_accepted',
      asks: [{ field: 'notAcceptedReason', required: '请写不予受理的原因，如不属于生态环境事项' }],
      allowedTo: OFFICE,
      place: 'menu',
      danger: true,
    },
    reopen: {
      label: '重新打开',
      from: ['closed'],
      to: 'answered',
      asks: [],
      sets: { closedDate: null },
      reason: '请写明为何重新打开',
      allowedTo: OFFICE,
      undoOf: 'close',
      place: 'menu',
      action: '重新打开信访',
    },
    accept: {
      label: '改为受理',
      from: ['not_accepted'],
      to: 'received',
      asks: [],
      sets: { notAcceptedReason: null },
      reason: '请写明为何改为受理',
      allowedTo: OFFICE,
      undoOf: 'refuse',
      place: 'menu',
    },
  },
});

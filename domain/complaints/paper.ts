// 信访现场调查报告 on paper: what a steward saw and proposes; the answer in law is the authority's (domain reference 3.6, 8.1).
import { definePaper } from '../dictionary/paper.ts';

export const complaintSurveyPaper = definePaper({
  id: 'complaint_survey',
  label: '信访现场调查报告',
  of: 'complaint',
  archive: true,
  title: '信访现场调查报告 {no}',
  file: '信访现场调查报告_{no}',
  blocks: [
    { type: 'title', text: '信访现场调查报告' },
    { type: 'paragraph', text: '编号：{no}', align: 'right', keepNext: true },
    { type: 'heading', text: '信访情况' },
    {
      type: 'form',
      rows: [
        'source',
        'orderNo',
        'receivedDate',
        'dueDate',
        'medium',
        { label: '信访人', text: '{complainantName|未留姓名}' },
        'complainantPhone',
        'enterpriseId',
        'place',
        'areaId',
        { label: '反映内容', text: '{content}', wide: true },
        { label: '重复情况', text: '{previousId.no|未发现 12 个月内同一单位同类信访}', wide: true },
      ],
    },
    { type: 'heading', text: '现场调查' },
    {
      type: 'paragraph',
      text: '{surveyDate|（调查日期待补充）}进行现场调查[，经办人{handlerId.name}][，专家{expertStaffId.name}]。',
    },
    { type: 'lines', of: 'surveyNote', none: '现场情况待补充。' },
    { type: 'paragraph', text: '调查结论：{conclusion|待定}。' },
    { type: 'heading', text: '原因分析与建议' },
    { type: 'lines', of: 'analysis', none: '原因分析待补充。' },
    { type: 'heading', text: '答复情况', when: 'answer' },
    { type: 'lines', of: 'answer' },
    { type: 'heading', text: '现场照片', when: 'attachments.photo' },
    { type: 'photos', of: 'attachments.photo' },
    {
      type: 'paragraph',
      text: '本报告由受托的环保管家服务单位编制，供委托方办理信访参考，不代替行政机关的调查和答复。',
      keepNext: true,
    },
    { type: 'signed', unit: '{orgName}', day: 'today' },
  ],
});

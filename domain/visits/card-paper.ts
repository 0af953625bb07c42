// 到访说明卡 and 服务同意书: who comes, for whom, that it is a service; the words are letters of the content (domain reference 8.1).
import { definePaper } from '../dictionary/paper.ts';
import { orBlank } from '../letters/letter.ts';

const PROJECT = '{projectId.name|{projectName}}';

/** The card that goes first; its code holds all that stands on it. */
export const visitCardPaper = definePaper({
  id: 'visit_card',
  label: '到访说明卡',
  of: 'visit',
  archive: false,
  file: '到访说明卡_{enterpriseId}_{date}',
  contacts: 'shown',
  letter: {
    id: 'lt-visit-card',
    words: {
      projectName: PROJECT,
      clientName: '{projectId.clientId|{clientName|委托方}}',
      orgName: '{orgName}',
      staffNames: orBlank('visitStaff.staffId'),
      staffCertificates: orBlank('visitStaff.staffId.certificateNo'),
      clientDept: '{projectId.clientDept}',
      contractNo: orBlank('projectId.code'),
      contractStart: orBlank('projectId.startDate'),
      contractEnd: orBlank('projectId.endDate'),
      visitPurpose: orBlank('visitPurpose.purpose'),
      visitDate: '{date}',
      visitTime: '{timeFrom}',
      visitNature: '受委托开展的技术服务',
      serviceBoundary: '{projectId.serviceBoundary|不作处罚决定，不向企业收取费用}',
      declineText: '{projectId.declineText|贵单位可以改约或不接受本次到访}',
      complaintPhone: orBlank('projectId.complaintPhone'),
    },
  },
  blocks: [{ type: 'gap' }, { type: 'code', texts: [], caption: '扫码可以留存本说明' }],
});

/** What an enterprise signs that agrees to the service and to photos. */
export const serviceConsentPaper = definePaper({
  id: 'service_consent',
  label: '服务与照片使用同意书',
  of: 'visit',
  archive: false,
  file: '服务与照片使用同意书_{enterpriseId}_{date}',
  letter: {
    id: 'lt-consent',
    words: {
      projectName: PROJECT,
      enterpriseName: '{enterpriseId}',
      orgName: '{orgName}',
      signDate: '　　　年　　月　　日',
    },
  },
  blocks: [],
});

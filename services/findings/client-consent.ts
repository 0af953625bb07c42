// The client's consent to a notice in its name: for one notice, or for a project and a period (domain reference 8.1).
import { serviceProject } from '../../domain/projects/entities.ts';
import type { Missing } from '../../domain/dictionary/workflow.ts';
import type { Reader } from '../../db/index.ts';
import { refused } from '../errors.ts';

/** Who consented, when, and the paper that says so. */
export interface ClientConsent {
  clientConsentBy: string;
  clientConsentAt: string;
  clientConsentAttachmentId: string;
}

type Given = { readonly [K in keyof ClientConsent]?: string | null };

const WHAT: readonly (readonly [keyof ClientConsent, string, string])[] = [
  ['clientConsentBy', 'CLIENT_CONSENT_BY', '同意人'],
  ['clientConsentAt', 'CLIENT_CONSENT_AT', '同意日期'],
  ['clientConsentAttachmentId', 'CLIENT_CONSENT_ATTACHMENT', '同意材料'],
];

/** What a consent lacks. */
const lacking = (given: Given): Missing[] =>
  WHAT.flatMap(([field, code, label]) => (given[field] ? [] : [{ code, sentence: label }]));

const whole = (given: Given): ClientConsent | null => (lacking(given).length === 0 ? (given as ClientConsent) : null);

/** The consent that a project has for a day. */
async function ofProject(read: Reader, projectId: string | null, today: string): Promise<ClientConsent | null> {
  const project = projectId ? await read.get(serviceProject, projectId) : null;
  const { noticeConsentFrom: from, noticeConsentTo: to } = project ?? {};
  if (!project || !from || !to || today < from || today > to) return null;
  return whole({
    clientConsentBy: project.noticeConsentBy,
    clientConsentAt: project.noticeConsentAt,
    clientConsentAttachmentId: project.noticeConsentAttachmentId,
  });
}

/** The consent under which a notice bears the client's name. @throws REFUSED with what is missing */
export async function clientConsent(
  read: Reader,
  projectId: string | null,
  given: Given,
  today: string,
): Promise<ClientConsent> {
  const found = whole(given) ?? (await ofProject(read, projectId, today));
  if (found) {
    const { clientConsentBy, clientConsentAt, clientConsentAttachmentId } = found;
    if (clientConsentAt > today) throw refused('委托方同意日期不能晚于今天，请核对');
    return { clientConsentBy, clientConsentAt, clientConsentAttachmentId };
  }
  const missing = lacking(given);
  const what = missing.map((one) => one.sentence).join('、');
  throw refused(
    `整改通知单以委托方名义出具，要先登记委托方同意，还差：${what}。请补上，或在设置的服务项目里登记一段期间的同意；` +
      '没有同意的请出具整改建议单',
    missing,
  );
}

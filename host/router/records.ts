// Plain records, events of their state machines, attachments, laws and checklists.
import * as attachments from '../../services/attachments/index.ts';
import * as catalogues from '../../services/catalogues/index.ts';
import * as knowledge from '../../services/knowledge/index.ts';
import * as records from '../../services/records/index.ts';
import * as workflow from '../../services/workflow/index.ts';
import { refused } from '../../services/errors.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function recordProcedures(os: Implementer['records'], { desk }: HostContext) {
  return {
    list: os.list.handler(({ input }) => records.listRecords(desk.context, input)),
    get: os.get.handler(({ input }) => records.getRecord(desk.context, input.entity, input.id)),
    create: os.create.handler(({ input }) =>
      records.createRecord(desk.context, input.entity, input.values, input.visitId),
    ),
    update: os.update.handler(({ input }) =>
      records.updateRecord(desk.context, input.entity, input.id, input.values, input.seen, input.visitId),
    ),
    remove: os.remove.handler(({ input }) => records.binRecords(desk.context, input.entity, [input.id], true)),
    restore: os.restore.handler(({ input }) => records.binRecords(desk.context, input.entity, [input.id], false)),
    setMembers: os.setMembers.handler(({ input: { set, parentId, members, seen } }) =>
      records.setMembers(desk.context, set, parentId, members, seen),
    ),
    removeMany: os.removeMany.handler(({ input }) => records.binRecords(desk.context, input.entity, input.ids, true)),
    restoreMany: os.restoreMany.handler(({ input }) =>
      records.binRecords(desk.context, input.entity, input.ids, false),
    ),
    check: os.check.handler(({ input }) => records.checkRecord(desk.context, input.entity, input.values)),
    options: os.options.handler(({ input }) => records.referenceOptions(desk.context, input)),
  };
}

export function workflowProcedures(os: Implementer['workflow'], { desk }: HostContext) {
  return {
    allowed: os.allowed.handler(({ input }) => workflow.allowed(desk.context, input.kind, input.id)),
    offered: os.offered.handler(({ input }) => workflow.offered(desk.context, input.kind, input.ids)),
    act: os.act.handler(({ input: { kind, ids, event, values, each } }) =>
      workflow.act(desk.context, kind, ids, event, values, { each }),
    ),
  };
}

export function attachmentProcedures(os: Implementer['attachments'], { desk, uploads }: HostContext) {
  return {
    list: os.list.handler(({ input }) => attachments.listAttachments(desk.context, input.ownerId)),
    ofSites: os.ofSites.handler(({ input }) => attachments.filesOfSites(desk.context, input.enterpriseId)),
    ofParts: os.ofParts.handler(({ input }) => attachments.filesOfParts(desk.context, input.enterpriseId)),
    add: os.add.handler(async ({ input }) => {
      const bytes = await uploads.bytes(input.uploadId);
      if (!bytes) throw refused('上传的文件已不在，请重新选择');
      return await attachments.addAttachment(desk.context, { ...input, bytes });
    }),
    update: os.update.handler(({ input: { id, ...patch } }) => attachments.updateAttachment(desk.context, id, patch)),
    remove: os.remove.handler(({ input }) => attachments.removeAttachment(desk.context, input.id)),
  };
}

export function knowledgeProcedures(os: Implementer['knowledge'], { desk }: HostContext) {
  return {
    industries: os.industries.handler(({ input }) => [
      ...knowledge.industriesOf(desk.context.resources).find(input.text, input.limit),
    ]),
    subIndustries: os.subIndustries.handler(({ input }) =>
      catalogues.findSubIndustries(desk.context, input.text, input.limit),
    ),
    laws: os.laws.handler(({ input }) => knowledge.listLaws(desk.context, input.text, input.page)),
    articles: os.articles.handler(({ input }) =>
      knowledge.listArticles(desk.context, input.lawId, input.text, input.onDay, input.page),
    ),
    checklists: os.checklists.handler(() => knowledge.listChecklists(desk.context)),
    checklist: os.checklist.handler(({ input }) => knowledge.getChecklist(desk.context, input.id)),
    phrases: os.phrases.handler(({ input }) => knowledge.phrases(desk.context, input.text, input.category)),
  };
}

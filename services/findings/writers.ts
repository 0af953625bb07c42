// Findings, follow-ups, verifications and notices, written by name of the kind.
import { finding } from '../../domain/findings/entities.ts';
import { FOLLOW_UP_CHANNELS } from '../../domain/findings/vocabulary.ts';
import { refused } from '../errors.ts';
import { fieldsWithout, neededText, textOf, textsOf, valuesOf, type KindWriter } from '../writer.ts';
import { issueNotice } from './notice.ts';
import { decideRepeat, withdrawRepeat } from './recurrence.ts';
import { addFollowUp, createFinding, removeDraft, updateFinding } from './write.ts';

export const FINDING_WRITERS: readonly KindWriter[] = [
  {
    of: 'finding',
    sets: fieldsWithout(finding, 'no', 'owner'),
    also: ['findingLaw'],
    add: async (ctx, given) => await createFinding(ctx, valuesOf(given), textsOf(given, 'findingLaw')),
    set: async (ctx, id, given) =>
      await updateFinding(ctx, id, valuesOf(given), 'findingLaw' in given ? textsOf(given, 'findingLaw') : undefined),
    remove: removeDraft,
  },
  {
    of: 'followUp',
    adds: ['findingId', 'date', 'channel', 'content', 'progressPercent', 'nextDate'],
    add: async (ctx, given) =>
      await addFollowUp(ctx, [neededText(given, 'findingId', '问题')], {
        date: textOf(given, 'date') ?? undefined,
        channel: textOf(given, 'channel') ?? FOLLOW_UP_CHANNELS.ids[0],
        content: neededText(given, 'content', '内容'),
        progressPercent: typeof given.progressPercent === 'number' ? given.progressPercent : null,
        nextDate: textOf(given, 'nextDate'),
      }),
  },
  {
    of: 'repeatDecision',
    adds: ['findingId', 'earlierId', 'decision'],
    add: async (ctx, given) =>
      await decideRepeat(ctx, {
        id: neededText(given, 'findingId', '问题'),
        earlierId: neededText(given, 'earlierId', '以前的问题'),
        decision: neededText(given, 'decision', '判断') === 'repeat' ? 'repeat' : 'not_repeat',
      }),
    remove: withdrawRepeat,
  },
  {
    of: 'verification',
    by: (given) => ({
      kind: 'finding',
      id: neededText(given, 'findingId', '问题'),
      event: neededText(given, 'result', '结果') === 'pass' ? 'verify_pass' : 'verify_fail',
      values: valuesOf(given, 'findingId', ...(given.result === 'pass' ? ['result'] : [])),
    }),
  },
  {
    of: 'rectificationNotice',
    adds: [
      'enterpriseId',
      'visitId',
      'kind',
      'replyDate',
      'clientConsentBy',
      'clientConsentAt',
      'clientConsentAttachmentId',
      'noticeFinding',
    ],
    add: async (ctx, given) => {
      const findingIds = textsOf(given, 'noticeFinding');
      if (findingIds.length === 0) throw refused('请给出 noticeFinding（整改单问题）：问题的 id，一个或几个');
      const { noticeId, actionId } = await issueNotice(ctx, {
        enterpriseId: neededText(given, 'enterpriseId', '企业'),
        visitId: textOf(given, 'visitId'),
        findingIds,
        kind: textOf(given, 'kind') === 'notice' ? 'notice' : 'advice',
        replyDate: textOf(given, 'replyDate'),
        clientConsentBy: textOf(given, 'clientConsentBy'),
        clientConsentAt: textOf(given, 'clientConsentAt'),
        clientConsentAttachmentId: textOf(given, 'clientConsentAttachmentId'),
      });
      return { id: noticeId, actionId };
    },
  },
];

// Issuing the notice of a visit: what it carries, what still lacks something, and what becomes of drafts that nobody wants.
import { computed, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { VisitFinding } from '../../../contract/visits.ts';
import { NOTICE_KINDS } from '../../../domain/findings/vocabulary.ts';
import { labelOf } from '../../../domain/dictionary/vocabulary.ts';
import { useAction } from '../../desk/action.ts';
import { api, downloadLink, SaidError, UNSAVED } from '../../desk/client.ts';
import type { VisitState } from './visit-state.ts';

/** What a notice is given beside its findings. */
export type NoticeMore = Partial<Omit<Parameters<typeof api.findings.issueNotice>[0], 'findingIds'>>;

/** The findings of a visit on their way to the notice. */
export interface NoticeIssue {
  busy: Ref<boolean>;
  refused: ShallowRef<string[]>;
  /** Everything but what was voided; what was closed on the spot stays on the paper. */
  findings: ComputedRef<VisitFinding[]>;
  drafts: ComputedRef<VisitFinding[]>;
  /** Drafts that can't be issued yet. */
  lacking: ComputedRef<VisitFinding[]>;
  /** The first notice carries everything of the visit; a later one carries what came after. */
  toIssue: ComputedRef<VisitFinding[]>;
  /** Issues the notice and saves the Word file; false where it was refused. `more`: of one in the client's name. */
  issue: (more?: NoticeMore) => Promise<boolean>;
  /** Puts the drafts into the bin and takes their answers back. */
  dropDrafts: () => Promise<boolean>;
}

/** @param visit the visit on the page */
export function useIssueNotice(visit: VisitState): NoticeIssue {
  const { busy, refused, clear, run } = useAction();
  const page = computed(() => visit.page.value);
  const findings = computed(() => (page.value?.findings ?? []).filter((finding) => finding.status !== 'voided'));
  const drafts = computed(() => findings.value.filter((finding) => finding.status === 'draft'));
  const lacking = computed(() => drafts.value.filter((finding) => finding.missing.length > 0));
  const toIssue = computed(() => (page.value?.notices.length === 0 ? findings.value : drafts.value));

  async function stored<T>(work: () => Promise<T>): Promise<T> {
    // A photo that is still on its way, or being drawn on, belongs on the paper.
    if (!(await visit.allStored())) throw new SaidError(UNSAVED);
    return await work();
  }

  // What was refused is no longer said once something has changed.
  watch(findings, () => {
    clear();
  });

  async function issue(more: NoticeMore = {}): Promise<boolean> {
    const now = page.value;
    const findingIds = toIssue.value.map((finding) => finding.id);
    if (!now || findingIds.length === 0) return false;
    const given = { enterpriseId: now.enterprise.id, visitId: now.id, findingIds, ...more };
    const said = `已开具${labelOf(NOTICE_KINDS, more.kind ?? 'advice')}，${findingIds.length} 项`;
    const saved = await run(() => stored(() => api.findings.issueNotice(given)), { said, inPlace: true });
    if (saved) downloadLink(saved.file);
    return saved !== null;
  }

  async function dropDrafts(): Promise<boolean> {
    for (const draft of drafts.value) {
      const alone = findings.value.every((other) => other.itemId !== draft.itemId || other.status === 'draft');
      const drop =
        draft.itemId && alone
          ? () => api.visits.answer({ visitId: page.value?.id ?? '', itemId: draft.itemId ?? '', result: 'unchecked' })
          : () => api.findings.removeDraft({ id: draft.id });
      const done = await run(() => stored<{ actionId: string }>(drop), { said: '草稿已放入回收站', inPlace: true });
      if (!done) return false;
    }
    return true;
  }

  return { busy, refused, findings, drafts, lacking, toIssue, issue, dropDrafts };
}

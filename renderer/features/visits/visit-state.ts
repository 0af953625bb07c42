// What the visit screen knows: its entries in the order of J and K, answers, the finding in hand.
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { AnswerResult, OldFinding, VisitFinding, VisitItem, VisitPage } from '../../../contract/visits.ts';
import { api } from '../../desk/client.ts';
import { useFetched, useLeaveWhenGone } from '../../desk/fetching.ts';
import { notifyDone, notifyError, rememberAction } from '../../desk/notify.ts';
import { useAutosave, type Autosave } from '../../desk/autosave.ts';
import { marksKept } from '../../components/markup-keeping.ts';
import { photosArrived } from '../../components/photo-add.ts';

/** One line of the checklist pane. */
export type Entry =
  | { key: string; kind: 'old'; code: string; old: OldFinding }
  | { key: string; kind: 'item'; code: string; item: VisitItem }
  | { key: string; kind: 'free'; code: string; finding: VisitFinding };

/** Lines under one heading. */
export interface EntryGroup {
  id: string;
  title: string;
  entries: Entry[];
  done: number;
}

/** All lines, those without an answer, or those that matter in the trade. */
export type Listed = 'all' | 'unchecked' | 'focus';

/** Everything that the panes share. */
export interface VisitState {
  page: ComputedRef<VisitPage | null>;
  failure: Ref<string | null>;
  slow: Ref<boolean>;
  again: () => Promise<void>;
  saver: Autosave;
  /** Stores what was typed and drawn and waits for photos on their way: before printing and before an event. False where some is left. */
  allStored: () => Promise<boolean>;
  /** False once the visit has ended, until it is opened again. */
  editable: ComputedRef<boolean>;
  /** Which lines are listed. */
  listed: Ref<Listed>;
  groups: ComputedRef<EntryGroup[]>;
  entries: ComputedRef<Entry[]>;
  current: ComputedRef<Entry | null>;
  currentKey: Ref<string | null>;
  resultOf: (item: VisitItem) => string;
  answer: (item: VisitItem, result: AnswerResult) => Promise<string | null>;
  /** Findings on the entry in hand. */
  findingsHere: ComputedRef<VisitFinding[]>;
  /** The one being edited. */
  finding: ComputedRef<VisitFinding | null>;
  findingId: Ref<string | null>;
  counts: ComputedRef<Record<string, number>>;
  move: (step: number) => void;
  /** Puts an entry, or a finding of it, in hand. */
  goTo: (entryKey: string, findingId?: string) => void;
  /** A field of a finding as typed, else as stored. */
  fieldOf: <K extends keyof VisitFinding>(finding: VisitFinding, field: K) => VisitFinding[K];
}

/** @param id id of the visit, as it stands in the address */
export function useVisit(id: () => string): VisitState {
  const fetched = useFetched(() => api.visits.get({ id: id() }), id);
  const { data, failure, slow, again } = fetched;
  useLeaveWhenGone(fetched, '/visits');
  const page = computed(() => data.value);
  const listed = ref<Listed>('all');
  const currentKey = ref<string | null>(null);
  const findingId = ref<string | null>(null);
  /** Answers that were given but not yet fetched again. */
  const given = ref<Record<string, AnswerResult>>({});
  /** Answers on their way by item: pages that were fetched before do not know of them. */
  const answering = new Map<string, number>();
  let lastAnswer: Promise<unknown> = Promise.resolve();

  const saver = useAutosave(async (key, patch, seen) => {
    const saved =
      key === 'visit'
        ? await api.visits.update({ id: id(), values: patch, seen })
        : await api.findings.update({ id: key, values: patch, seen });
    rememberAction(saved.actionId);
  }, again);

  async function allStored(): Promise<boolean> {
    const [typed, drawn] = [await saver.flush(), await marksKept()];
    await photosArrived([id(), ...(page.value?.findings ?? []).map((finding) => finding.id)]);
    return typed && drawn;
  }

  const editable = computed(() => page.value?.values['state'] === 'draft');
  const resultOf = (item: VisitItem): AnswerResult => given.value[item.id] ?? item.result;
  const waits = (entry: Entry): boolean =>
    entry.kind === 'old'
      ? !entry.old.handledInThisVisit
      : entry.kind === 'item' && resultOf(entry.item) === 'unchecked';

  const isListed = (entry: Entry): boolean =>
    listed.value === 'unchecked' ? waits(entry) : entry.kind === 'item' && entry.item.focus.length > 0;

  const all = computed<EntryGroup[]>(() => {
    const now = page.value;
    if (!now) return [];
    const groups: { id: string; title: string; entries: Entry[] }[] = [];
    if (now.oldFindings.length > 0) {
      groups.push({
        id: 'old',
        title: '上轮问题复核',
        entries: now.oldFindings.map((old, index) => ({
          key: `old:${old.id}`,
          kind: 'old',
          code: `F${index + 1}`,
          old,
        })),
      });
    }
    const byAspect = new Map<string, Entry[]>();
    for (const item of now.items) {
      const place = `${item.checklistName}\n${item.aspectId}`;
      const list = byAspect.get(place) ?? [];
      if (list.length === 0) {
        byAspect.set(place, list);
        groups.push({ id: item.aspectId, title: item.aspectName, entries: list });
      }
      list.push({ key: `item:${item.id}`, kind: 'item', code: item.code, item });
    }
    const itemIds = new Set(now.items.map((item) => item.id));
    const free = now.findings.filter((finding) => !finding.itemId || !itemIds.has(finding.itemId));
    if (free.length > 0)
      groups.push({
        id: 'free',
        title: '清单外的问题',
        entries: free.map((finding, index) => ({
          key: `free:${finding.id}`,
          kind: 'free',
          code: `W${index + 1}`,
          finding,
        })),
      });
    return groups.map((group) => ({ ...group, done: group.entries.filter((entry) => !waits(entry)).length }));
  });
  const everything = computed(() => all.value.flatMap((group) => group.entries));
  const groups = computed(() =>
    listed.value !== 'all'
      ? all.value
          .map((group) => ({
            ...group,
            entries: group.entries.filter((entry) => isListed(entry) || entry.key === currentKey.value),
          }))
          .filter((group) => group.entries.length > 0)
      : all.value,
  );
  const entries = computed(() => groups.value.flatMap((group) => group.entries));
  const current = computed(
    () => everything.value.find((entry) => entry.key === currentKey.value) ?? entries.value[0] ?? null,
  );

  watch(page, (now, before) => {
    if (!now) return;
    given.value = Object.fromEntries(Object.entries(given.value).filter(([itemId]) => answering.has(itemId)));
    // Opening a visit again goes on where it was left: at the first line that waits.
    if (!before && !currentKey.value)
      currentKey.value = (everything.value.find(waits) ?? everything.value[0])?.key ?? null;
  });
  watch(id, () => {
    currentKey.value = null;
  });
  watch(currentKey, () => void saver.flush());

  async function answer(item: VisitItem, result: AnswerResult): Promise<string | null> {
    if (!editable.value) return null;
    const seen = resultOf(item);
    given.value = { ...given.value, [item.id]: result };
    // An answer that is taken back takes its draft with it; what was being typed into it is stored first, so that undo
    // brings all of it back.
    const drafts = (page.value?.findings ?? []).filter((other) => other.itemId === item.id && other.status === 'draft');
    answering.set(item.id, (answering.get(item.id) ?? 0) + 1);
    try {
      if (drafts.length > 0) await saver.flush();
      const done = await saver.track(inTurn(() => api.visits.answer({ visitId: id(), itemId: item.id, result, seen })));
      if (drafts.length > 0 && !['partial', 'nonconforming'].includes(result))
        notifyDone(`${item.code} 的问题草稿已随作答移除`, done.actionId);
      else rememberAction(done.actionId);
      await again();
      return done.findingId;
    } catch (error) {
      notifyError(error);
      await again();
      return null;
    } finally {
      const left = (answering.get(item.id) ?? 1) - 1;
      if (left > 0) answering.set(item.id, left);
      else forget(item.id);
    }
  }

  /** Answers reach the store in the order in which they were given. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = lastAnswer.then(work, work);
    lastAnswer = turn;
    return turn;
  }
  /** What is stored counts from now on. */
  function forget(itemId: string): void {
    answering.delete(itemId);
    const { [itemId]: _, ...rest } = given.value;
    given.value = rest;
  }

  const findingsHere = computed<VisitFinding[]>(() => {
    const entry = current.value;
    const findings = page.value?.findings ?? [];
    if (entry?.kind === 'item') return findings.filter((finding) => finding.itemId === entry.item.id);
    if (entry?.kind === 'free') return findings.filter((finding) => finding.id === entry.finding.id);
    return [];
  });
  const finding = computed(
    () => findingsHere.value.find((other) => other.id === findingId.value) ?? findingsHere.value.at(-1) ?? null,
  );

  const counts = computed(() => {
    const tally: Record<string, number> = {};
    for (const item of page.value?.items ?? []) tally[resultOf(item)] = (tally[resultOf(item)] ?? 0) + 1;
    return tally;
  });

  function move(step: number): void {
    const list = entries.value;
    const at = list.findIndex((entry) => entry.key === current.value?.key);
    const next = list[Math.max(0, Math.min(list.length - 1, at + step))];
    if (next) currentKey.value = next.key;
  }

  function goTo(entryKey: string, finding?: string): void {
    currentKey.value = entryKey;
    if (finding) findingId.value = finding;
  }

  return {
    page,
    failure,
    slow,
    again,
    saver,
    allStored,
    editable,
    listed,
    groups,
    entries,
    current,
    currentKey,
    resultOf,
    answer,
    findingsHere,
    finding,
    findingId,
    counts,
    move,
    goTo,
    fieldOf: (of, field) => saver.shown(of.id, field, of[field] as never) as VisitFinding[typeof field],
  };
}

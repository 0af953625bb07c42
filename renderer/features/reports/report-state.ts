// The report in hand: what is asked for, its preview, its text.
import { computed, ref, type ComputedRef, type Ref } from 'vue';
import type { ReportPreview, ReportRequest } from '../../../contract/reports.ts';
import type { Filter } from '../../../domain/dictionary/filter.ts';
import { reportText, type Block, type ReportFigures } from '../../../domain/reports/index.ts';
import { api } from '../../desk/client.ts';
import { useFetched } from '../../desk/fetching.ts';
import { useSession } from '../../desk/session.ts';
import { periodAround } from './request.ts';

/** A request with everything said. */
export type FullRequest = Required<Omit<ReportRequest, 'sections' | 'filter'>> & {
  sections: string[] | null;
  filter: Filter;
};

/** Options, preview and text of one report. */
export interface ReportState {
  request: Ref<FullRequest>;
  change: (patch: Partial<FullRequest>) => void;
  preview: Ref<ReportPreview | null>;
  figures: ComputedRef<ReportFigures | null>;
  blocks: ComputedRef<Block[]>;
  failure: Ref<string | null>;
  slow: Ref<boolean>;
  again: () => Promise<void>;
}

/** @param given as-of day, kinds and conditions on enterprises that another page handed over */
export function useReport(given: { asOf: string | null; objectKinds: string[]; filter: Filter }): ReportState {
  const session = useSession();
  const asOf = given.asOf ?? session.today;
  const request = ref<FullRequest>({
    kind: 'monthly_report',
    ...periodAround('monthly_report', asOf),
    asOf,
    objectKinds: given.objectKinds,
    filter: given.filter,
    fontScheme: 'system',
    contacts: 'masked',
    sections: null,
    plan: [],
  });

  function change(patch: Partial<FullRequest>): void {
    const next = { ...request.value, ...patch };
    const moved = patch.from !== undefined || patch.to !== undefined;
    // A past period is looked at from its own end, the present one from today.
    if (moved && patch.asOf === undefined) next.asOf = next.to < session.today ? next.to : session.today;
    if (next.asOf > session.today) next.asOf = session.today;
    if (next.asOf < next.from && !moved) Object.assign(next, periodAround(next.kind, next.asOf));
    request.value = next;
  }

  const {
    data: preview,
    failure,
    slow,
    again,
  } = useFetched(
    () => api.reports.preview(request.value),
    () => JSON.stringify(request.value),
  );
  const figures = computed(() => (preview.value?.figures as ReportFigures | undefined) ?? null);
  const blocks = computed(() =>
    figures.value
      ? reportText(figures.value, {
          contacts: request.value.contacts,
          ...(request.value.sections && { sections: request.value.sections }),
        })
      : [],
  );
  return { request, change, preview, figures, blocks, failure, slow, again };
}

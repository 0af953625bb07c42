// A finding of a visit beside the checklist, or a second one on the same item.
import { api } from '../../desk/client.ts';
import { notifyError, rememberAction } from '../../desk/notify.ts';
import { useSession } from '../../desk/session.ts';
import type { Chosen } from './PhrasePicker.vue';
import type { VisitState } from './visit-state.ts';

/** Makes the finding as a draft and puts it in hand. @returns whether it was stored */
export function useNewFinding(visit: VisitState): (chosen: Chosen) => Promise<boolean> {
  const session = useSession();
  return async (chosen) => {
    const page = visit.page.value;
    if (!page) return false;
    const entry = visit.current.value;
    const item = entry?.kind === 'item' ? entry.item : null;
    const date = String(page.values['date'] ?? session.today);
    try {
      const saved = await visit.saver.track(
        api.findings.create({
          values: {
            enterpriseId: page.enterprise.id,
            visitId: page.id,
            roundId: page.values['roundId'] ?? null,
            checklistItemId: item?.id ?? null,
            foundDate: date,
            description: chosen.text,
            measure: chosen.measure ?? item?.suggestion ?? null,
            category: chosen.category ?? item?.category ?? 'other',
            handlingClass: chosen.handlingClass ?? item?.handlingClass ?? 'deadline',
            responsiblePerson: page.values['accompanyingName'] ?? page.enterprise.contactName,
            responsibleUnit: page.enterprise.name,
          },
          lawIds: item?.laws.map((law) => law.id) ?? [],
        }),
      );
      rememberAction(saved.actionId);
      await visit.again();
      visit.goTo(item && entry ? entry.key : `free:${saved.id}`, saved.id);
      return true;
    } catch (error) {
      notifyError(error);
      return false;
    }
  };
}

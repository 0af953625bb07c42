// Enterprises that files were given to lately in this window: near at hand for the next ones.
import { shallowReactive } from 'vue';

/** Type of what is dragged: the id of a file in the tray. */
export const DRAGGED = 'application/x-steward-scan';

/** An enterprise to drag to. */
export interface NearEnterprise {
  id: string;
  name: string;
}

const MOST = 4;

/** The last ones; where each stands does not change while it is among them. */
export const recentEnterprises = shallowReactive<NearEnterprise[]>([]);

/** Puts an enterprise among them, in place of the oldest. */
export function rememberEnterprise(one: NearEnterprise): void {
  if (recentEnterprises.some(({ id }) => id === one.id)) return;
  recentEnterprises.push(one);
  if (recentEnterprises.length > MOST) recentEnterprises.shift();
}

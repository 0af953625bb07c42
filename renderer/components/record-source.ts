// Where what is entered below a component was seen: at a visit, which the history then names as its source.
import { inject, provide, type InjectionKey } from 'vue';

type Visit = () => string | undefined;

const SEEN_AT: InjectionKey<Visit> = Symbol('visit at which records are seen');
const AT_THE_DESK: Visit = () => undefined;

/** Everything that is written by forms below this component was seen at a visit. */
export const provideVisit = (id: () => string): void => {
  provide(SEEN_AT, id);
};

/** The visit at which records are seen here; undefined where they are entered at the desk. */
export const useVisitSource = (): Visit => inject(SEEN_AT, AT_THE_DESK);

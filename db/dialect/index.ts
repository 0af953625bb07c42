// SQL that another engine would say differently (hand-off design 13).
export { leadsTo, MEMBER_SEPARATOR, pathMeta, pathSql } from './paths.ts';
export * from './sql.ts';

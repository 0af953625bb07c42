// Words that only authorities use: a consultant suggests (建议、提示、督促), never orders or punishes.

const ORDERS = ['责令', '处罚', '罚款', '查封', '扣押', '勒令', '必须立即停产'];

/** Words of authority in a text of our own, for the check before a document is issued; quotations of laws are not checked. */
export function authorityWords(text: string): string[] {
  return ORDERS.filter((word) => text.includes(word));
}

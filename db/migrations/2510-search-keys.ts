// The words of the search index are folded: width, brackets, case and blanks are one.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words of the search index as they are searched in (`searchKey` of the domain). */
export class SearchKeys1796100002510 implements MigrationInterface {
  readonly name = 'SearchKeys1796100002510';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE search_entry SET words = sd_search_key(words)');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('the index is rebuilt by check --rebuild'));
  }
}

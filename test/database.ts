/**
 * What a database test needs: the product's own database of this worker. Migrated, shared by all tests of the worker, never emptied:
 * each test makes its own organization, people and apps (`#test/factories`).
 */
export { type Database, database, type Transaction, tokenSql, transaction } from '#db/client'

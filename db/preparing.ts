import type postgres from 'postgres'

/** A list or several rows of values: written out, such a statement has another text for each length. */
const OF_ANY_LENGTH = /\bin \(\$|\), \(/i

/**
 * Lets Drizzle's statements be prepared, which it asks for none: unprepared, each takes two trips to the database, and is
 * parsed anew. One that is written out in another length each time is left as it is, because every text is kept with its
 * connection.
 */
export function preparing<Sql extends postgres.Sql | postgres.TransactionSql>(sql: Sql): Sql {
  return new Proxy(sql, {
    get(target, name, self) {
      if (name === 'unsafe')
        return (text: string, values: never[], options: postgres.UnsafeQueryOptions) =>
          target.unsafe(text, values, { ...options, prepare: !OF_ANY_LENGTH.test(text) })
      if (name === 'begin' || name === 'savepoint')
        return (work: (tx: postgres.TransactionSql) => unknown) =>
          (Reflect.get(target, name) as (work: (tx: postgres.TransactionSql) => unknown) => unknown)((tx) =>
            work(preparing(tx)),
          )
      return Reflect.get(target, name, self)
    },
  })
}

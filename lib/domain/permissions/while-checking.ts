/**
 * What was begun to be read while it is checked whether the actor may: nearly always they may, and need not wait for one after the
 * other. Whoever may not is refused for that alone, as soon as it is known: neither what was read nor how that failed is told them.
 * For reading only.
 */
export async function whileChecking<Answer>(
  checking: Promise<unknown>,
  reading: Promise<Answer>,
): Promise<Answer> {
  // Told below, or nobody.
  reading.catch(() => undefined)
  await checking
  return reading
}

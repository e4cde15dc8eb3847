/** Loaded into a server beside its own code: tells whoever started the server how much CPU time it has used, when asked. */
process.on('message', (asked) => {
  if (asked !== 'cpu') return
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicroseconds: user + system })
})
process.channel?.unref()

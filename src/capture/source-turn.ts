// Work that never waits for anything leaves no room for other events: a reader that went away, a signal. This makes room.

/** Resolves when the events that wait have had their turn. */
export function otherEvents(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

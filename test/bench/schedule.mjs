// A calendar of things to happen: `add(time, act)`; `run(until)` performs them in order of time, ties in order of adding.

export class Schedule {
  #heap = [];
  #order = 0;

  add(time, act) {
    const heap = this.#heap;
    const entry = { time, order: this.#order++, act };
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  /** Performs what is due, until nothing is left. */
  run() {
    const heap = this.#heap;
    while (heap.length > 0) {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length > 0) {
        let at = 0;
        for (;;) {
          let child = 2 * at + 1;
          if (child >= heap.length) break;
          if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
          if (!before(heap[child], last)) break;
          heap[at] = heap[child];
          at = child;
        }
        heap[at] = last;
      }
      first.act(first.time);
    }
  }
}

function before(a, b) {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

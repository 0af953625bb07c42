// What the hand-off keeps in mind of streams: a package may be about hundreds of thousands of them, and rows of one come near each other.

const STREAMS = 20_000;

/** A map that forgets everything when it is full. For what can be looked up again. */
export class StreamMemory<Value> extends Map<string, Value> {
  override set(stream: string, value: Value): this {
    if (this.size >= STREAMS) this.clear();
    return super.set(stream, value);
  }
}

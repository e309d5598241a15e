package dev.vedette.detection;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;

/**
 * A list of what is made of others, each when it is asked for, every time: the states of a large
 * shard made all at once would double its memory.
 */
final class MadeWhenAsked<S, T> extends AbstractList<T> {
    private final List<S> sources;
    private final Function<S, T> making;

    /** Of those, in their order. */
    MadeWhenAsked(List<S> sources, Function<S, T> making) {
        this.sources = sources;
        this.making = making;
    }

    @Override
    public T get(int index) {
        return making.apply(sources.get(index));
    }

    @Override
    public int size() {
        return sources.size();
    }
}

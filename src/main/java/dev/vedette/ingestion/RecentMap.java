package dev.vedette.ingestion;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bounded map that forgets what was not asked for lately. Two generations: new and re-read
 * entries go to the young one; once that holds half of the bound, it becomes the old one and the
 * old one is dropped. An approximation of least-recently-used without a list to maintain: reading a
 * young entry writes nothing. Thread-safe; readers never wait.
 */
public final class RecentMap<K, V> {
    private final int generation;
    private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();

    /**
     * An empty map.
     *
     * @param maxEntries most entries kept, at least 2; concurrent writers may pass it by as many as
     *     they are
     */
    public RecentMap(int maxEntries) {
        generation = Math.max(1, maxEntries / 2);
    }

    /** The value of that key, if it is remembered. */
    public Optional<V> find(K key) {
        V value = young.get(key);
        if (value != null) {
            return Optional.of(value);
        }
        Optional<V> aged = Optional.ofNullable(old.get(key));
        aged.ifPresent(again -> put(key, again));
        return aged;
    }

    /** Remembers a value. */
    public void put(K key, V value) {
        young.put(key, value);
        if (young.size() > generation) {
            age();
        }
    }

    private synchronized void age() {
        if (young.size() > generation) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    int size() {
        return young.size() + old.size();
    }
}

-- Why: a decision's commit asks once, at its end and on the way of its last statement, whether its
-- worker still holds the shard, where it asked first and wrote the number afterwards.
-- Locks: nothing.
CREATE FUNCTION advance_transaction_shard(
    of_shard smallint, of_owner text, of_epoch bigint, last_seq bigint, next_seq bigint)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE transaction_shard SET seq = next_seq
    WHERE shard = of_shard AND owner = of_owner AND epoch = of_epoch AND seq = last_seq;
    IF NOT FOUND THEN
        -- dev.vedette.timescale.TransactionWriter knows it by this state
        RAISE EXCEPTION 'shard % is decided elsewhere', of_shard USING ERRCODE = 'VD001';
    END IF;
END
$$;
REVOKE ALL ON FUNCTION advance_transaction_shard(smallint, text, bigint, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION advance_transaction_shard(smallint, text, bigint, bigint, bigint)
    TO vedette_worker;

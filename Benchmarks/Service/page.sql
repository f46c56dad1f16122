SELECT
    (SELECT n.log_position FROM benchmark n WHERE n.id = BOARD), e.sort_key, e.parameters, 'active',
    coalesce(e.shown, (SELECT s.shown FROM board_shown s WHERE s.claim_id = e.claim_id))
FROM (
    SELECT e.sort_key, e.claim_id, e.paper_id, e.model_id, e.parameters, e.has_code, e.shown
    FROM board_entry e
    WHERE e.board_id = BOARD
    ORDER BY e.sort_key, e.claim_id
    LIMIT 51
) e
ORDER BY e.sort_key, e.claim_id

SELECT
    (SELECT n.log_position FROM benchmark n WHERE n.id = BOARD),
    e.sort_key, c.id, c.value, c.value_high, c.bound, c.aggregate, c.subject, d.id, d.slug, d.name, e.parameters,
    p.id, p.title, left(to_char(p.published, 'YYYY-MM-DD'), p.published_precision), p.url,
    c.evidence_source, c.evidence_start, c.evidence_end, c.evidence,
    CASE WHEN e.has_code THEN ARRAY(SELECT l.url FROM link l
        WHERE l.paper_id = p.id AND l.kind = 'code' AND l.status = 'active' ORDER BY l.id) ELSE '{}' END,
    c.confidence
FROM (
    SELECT e.sort_key, e.claim_id, e.parameters, e.has_code
    FROM board_entry e
    WHERE e.board_id = BOARD
    ORDER BY e.sort_key, e.claim_id
    LIMIT 51
) e
JOIN claim c ON c.id = e.claim_id
JOIN paper p ON p.id = c.paper_id
LEFT JOIN model d ON d.id = c.model_id
ORDER BY e.sort_key, e.claim_id

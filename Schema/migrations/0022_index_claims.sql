-- Lists of claims that are asked for by one field alone. Common values are found from the newest claim down, rare ones here.
CREATE INDEX claim_by_unit ON claim (unit);
CREATE INDEX claim_by_kind ON claim (kind, bound);
CREATE INDEX claim_by_bound ON claim (bound) WHERE bound <> 'exact';
CREATE INDEX claim_by_confidence ON claim (confidence);
CREATE INDEX claim_by_status ON claim (status) WHERE status <> 'active';
CREATE INDEX paper_revised ON paper (id) WHERE revision > 1;

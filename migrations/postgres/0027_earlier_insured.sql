-- A11: when a number goes to another insured, the family of the earlier one stays apart: their insured is named by row, and
-- not found by the number any more. NULL: the present holder of the number, if the row is a dependant's.
ALTER TABLE member ADD COLUMN earlier_insured_id BIGINT REFERENCES member (id);
UPDATE member SET earlier_insured_id = (SELECT MAX(o.id) FROM member o WHERE o.symbol = member.symbol AND o.number = member.number
        AND o.relation = 'insured' AND o.replaced_on IS NOT NULL)
    WHERE relation = 'dependent' AND replaced_on IS NULL
      AND acquired_on < (SELECT MAX(i.acquired_on) FROM member i WHERE i.symbol = member.symbol AND i.number = member.number
        AND i.relation = 'insured' AND i.replaced_on IS NULL);

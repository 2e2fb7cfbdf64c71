(** Terms as polynomials in finite sums over ranges of any size: a procedure that decides equalities.

    It is sound ([normal_form_sound.v]) and not complete: where it says nothing, two terms may yet be equal. With
    [strong] products of sums are multiplied out; without, a sum is a factor as a whole but for a number, which is
    enough, and quick, where two terms differ in the order of what is added and multiplied alone. *)

From Coq Require Import List ZArith QArith Qround Bool PeanoNat.
From Kernel Require Import terms monomials simplify.
Import ListNotations.
Local Open Scope nat_scope.

(** What may be used: terms that differ from 0, that are positive, that are not negative, and orthonormal rows. *)
Record facts : Set := Facts {
  nonzero : list fact;
  positive : list fact;
  nonnegative : list fact;
  orthonormal : list orthonormal_rows
}.

Definition no_facts := Facts [] [] [] [].

Definition atom (t : term) : monomial := Monomial 1 [] [t].
Definition constant (q : Q) : polynomial := if Qeq_bool q 0 then [] else [Monomial (Qred q) [] []].
Definition scaled (c : Q) (p : polynomial) : polynomial :=
  map (fun m => Monomial (Qred (c * coefficient m)) (bound m) (factors m)) p.

Fixpoint included (m : monomial) (p : polynomial) : polynomial :=
  match p with
  | [] => if Qeq_bool (coefficient m) 0 then [] else [m]
  | n :: r =>
      match compare_monomial m n with
      | Eq => let c := Qred (coefficient m + coefficient n) in
              if Qeq_bool c 0 then r else Monomial c (bound n) (factors n) :: r
      | Lt => m :: p
      | Gt => n :: included m r
      end
  end.

(** Back to terms. *)

Definition of_factors (c : Q) (l : list term) : term :=
  match l with
  | [] => Num c
  | t :: l => let whole := fold_left Mul l t in if Qeq_bool c 1 then whole else Mul (Num c) whole
  end.

Fixpoint summed (b : list nat) (t : term) : term :=
  match b with [] => t | a :: b => summed b (Total a t) end.

Definition of_monomial (m : monomial) : term := summed (bound m) (of_factors (coefficient m) (factors m)).

Fixpoint of_polynomial (p : polynomial) : term :=
  match p with
  | [] => Num 0
  | [m] => of_monomial m
  | m :: p => Add (of_monomial m) (of_polynomial p)
  end.

Definition lead (p : polynomial) : Q := match p with [] => 0%Q | m :: _ => coefficient m end.

Section Normal_form.

Variable strong : bool.
Variable sort : nat -> nat.
Variable known : facts.

Definition added (p q : polynomial) : polynomial := fold_right included q p.

Definition collected (b : list nat) (p : polynomial) : polynomial :=
  fold_right (fun m => included (simplified sort (nonzero known) (orthonormal known) b m)) [] p.

Definition as_factor (p : polynomial) : polynomial :=
  if strong then p else
  match p with
  | [] | [Monomial _ [] _] => p
  | _ => if Qeq_bool (lead p) 0 then [atom (of_polynomial p)]
         else [Monomial (lead p) [] [of_polynomial (scaled (Qinv (lead p)) p)]]
  end.

Definition multiplied (b : list nat) (p q : polynomial) : polynomial :=
  collected b (flat_map (fun m => map (times m) (as_factor q)) (as_factor p)).

Fixpoint raised (b : list nat) (p : polynomial) (n : nat) : polynomial :=
  match n with O => constant 1 | S n => multiplied b p (raised b p n) end.

(** An inverse, of a single monomial factor by factor. *)

Fixpoint inverse_factor (t : term) : term :=
  match t with
  | Inv t => t
  | Num q => Num (Qinv q)
  | Product a t => Product a (inverse_factor t)
  | RealPower t u => RealPower t (Opp u)
  | _ => Inv t
  end.

Definition inverse_of_sum (p : polynomial) : polynomial :=
  if Qeq_bool (lead p) 0 then [atom (Inv (of_polynomial p))]
  else [Monomial (Qinv (lead p)) [] [Inv (of_polynomial (scaled (Qinv (lead p)) p))]].

Definition inverted (b : list nat) (p : polynomial) : polynomial :=
  match p with
  | [] => []
  | [Monomial c [] l] => collected b [Monomial (Qinv c) [] (map inverse_factor l)]
  | _ => collected b (inverse_of_sum p)
  end.

(** Signs. *)

Definition has_sign (strict : bool) (b : list nat) (t : term) : bool :=
  match t with
  | Num q => if Qlt_le_dec 0 q then true else false
  | Size _ | Apply O _ => true
  | _ => existsb (speaks_of sort b t) (if strict then positive known else nonnegative known)
  end.

Definition without_size (p : polynomial) : polynomial := scaled (Qinv (Qabs.Qabs (lead p))) p.

Definition is_signed (strict : bool) (b : list nat) (p : polynomial) : bool :=
  negb (Qeq_bool (lead p) 0) && has_sign strict b (of_polynomial (without_size p)).

(** A real power of a positive base without the whole part of its exponent, which is a power by a whole number. *)

Definition constant_part (p : polynomial) : Q :=
  fold_right (fun m c => match bound m, factors m with [], [] => (coefficient m + c)%Q | _, _ => c end) 0%Q p.

Definition MOST_FACTORS := 1000%Z.

Definition real_power_of (b : list nat) (p q : polynomial) : polynomial :=
  let c := constant_part q in
  let k := Qfloor c in
  let rest := added (constant (- inject_Z k)) q in
  let whole := if (0 <=? k)%Z then raised b p (Z.to_nat k) else raised b (inverted b p) (Z.to_nat (- k)) in
  let closed := [atom (RealPower (of_polynomial p) (of_polynomial rest))] in
  if match p with [Monomial c [] []] => Qeq_bool c 1 | _ => false end then constant 1 else
  let may_split := is_signed true b p ||
    (is_signed false b p && (0 <=? k)%Z && (if Qlt_le_dec 0 c then true else false)
     && match q with [Monomial _ [] []] => true | _ => false end) in
  if may_split && (Z.abs k <=? MOST_FACTORS)%Z then
    match rest with
    | [] => whole
    | _ => if (k =? 0)%Z then closed else multiplied b closed whole
    end
  else [atom (RealPower (of_polynomial p) (of_polynomial q))].

(** Two real powers of one base are one. *)

Definition is_positive_number (t : term) : bool :=
  match t with Num q => if Qlt_le_dec 0 q then true else false | _ => false end.

Fixpoint another_power (b : list nat) (x u : term) (l : list term) : option (list term) :=
  match l with
  | [] => None
  | t :: l =>
      let next := match another_power b x u l with Some r => Some (t :: r) | None => None end in
      match t with
      | RealPower y v =>
          if same x y && (has_sign true b x || (has_sign false b x && is_positive_number u && is_positive_number v))
          then Some (RealPower x (Add u v) :: l) else next
      | _ => next
      end
  end.

Fixpoint powers_joined (fuel : nat) (b : list nat) (done l : list term) : list term :=
  match fuel, l with
  | S fuel, RealPower x u :: l =>
      match another_power b x u l with
      | Some r => powers_joined fuel b done r
      | None => powers_joined fuel b (RealPower x u :: done) l
      end
  | S fuel, t :: l => powers_joined fuel b (t :: done) l
  | _, _ => done ++ l
  end.

Definition with_joined_powers (b : list nat) (p : polynomial) : polynomial :=
  map (fun m => Monomial (coefficient m) (bound m) (powers_joined (length (factors m)) (bound m ++ b) [] (factors m))) p.

(** A product over an axis, of a single monomial factor by factor. *)

Definition product_over (b : list nat) (a : nat) (p : polynomial) : polynomial :=
  match p with
  | [] => []
  | [Monomial c [] l] =>
      collected b [Monomial 1 [] ((if Qeq_bool c 1 then [] else [Product a (Num c)]) ++ map (Product a) l)]
  | _ => collected b [atom (Product a (of_polynomial p))]
  end.

(** The exponential of a whole multiple is a power. *)

Definition exponential_of (b : list nat) (p : polynomial) : polynomial :=
  match p with
  | [] => constant 1
  | _ =>
      let c := lead p in
      if Qeq_bool c 0 then [atom (Apply 0 (of_polynomial p))] else
      let size := if Pos.eqb (Qden c) 1 then 1%Q else Qabs.Qabs c in
      let times := if Pos.eqb (Qden c) 1 then Z.to_nat (Z.abs (Qnum c)) else 1 in
      let one := Apply 0 (of_polynomial (scaled (size / Qabs.Qabs c * (if Qlt_le_dec 0 c then 1 else - (1))) p)) in
      collected b [Monomial 1 [] (repeat (if Qlt_le_dec 0 c then one else Inv one) times)]
  end.

(** Without [strong], a sum over axes is a factor as a whole. *)
Definition closed_sum (m : monomial) : monomial :=
  match bound m with
  | [] => m
  | _ => if strong then m else Monomial (coefficient m) [] [of_monomial (Monomial 1 (bound m) (factors m))]
  end.

Fixpoint normal (b : list nat) (t : term) : polynomial :=
  match t with
  | Num q => constant q
  | Size _ | Entry _ _ | Delta _ _ => collected b [atom t]
  | Add t u => added (normal b t) (normal b u)
  | Sub t u => added (normal b t) (scaled (- (1)) (normal b u))
  | Opp t => scaled (- (1)) (normal b t)
  | Mul t u => multiplied b (normal b t) (normal b u)
  | Div t u => multiplied b (normal b t) (inverted b (normal b u))
  | Inv t => inverted b (normal b t)
  | Pow t n => raised b (as_factor (normal b t)) n
  | RealPower t u => real_power_of b (normal b t) (normal b u)
  | Root t => real_power_of b (normal b t) (constant (1 # 2))
  | Apply f t => match f with O => exponential_of b (normal b t) | _ => [atom (Apply f (of_polynomial (normal b t)))] end
  | Total a t =>
      added (map closed_sum
        (collected b (map (fun m => Monomial (coefficient m) (bound m ++ [a]) (factors m)) (normal (a :: b) t)))) []
  | Product a t => product_over b a (normal (a :: b) t)
  end.

(** What is changed can make more changes possible: it is done again, until nothing changes any more. *)
Fixpoint settled (b : list nat) (rounds : nat) (t : term) : polynomial :=
  let p := normal b t in
  match rounds with
  | O => p
  | S rounds =>
      let u := of_polynomial (with_joined_powers b p) in
      if same t u then p else settled b rounds u
  end.

(** Inverses of terms that differ from 0, without a free sum around them, are multiplied out. *)

Definition occurrences (x : term) (l : list term) : nat := length (filter (same x) l).

Definition is_outside (n : nat) (t : term) : bool := forallb (fun k => negb (mentions k t)) (seq 0 n).

Definition outer_inverses (m : monomial) : list term :=
  let n := length (bound m) in
  filter (fun t => match t with Inv x => differs sort (nonzero known) [] x | _ => false end)
    (map (rename (fun k => k - n)) (filter (fun t => is_inverse t && is_outside n t) (factors m))).

Definition within (m : monomial) (t : term) : term := rename (fun k => length (bound m) + k) t.

Definition degree (x : term) (p : polynomial) : nat :=
  fold_right (fun m d => Nat.max d (occurrences (within m x) (factors m))) 0 p.

Definition cleared_monomial (x y : term) (d : nat) (m : monomial) : polynomial :=
  let rest := filter (fun t => negb (same (within m x) t)) (factors m) in
  multiplied [] [Monomial (coefficient m) (bound m) rest]
    (raised [] (normal [] y) (d - occurrences (within m x) (factors m))).

Definition cleared (x y : term) (p : polynomial) : polynomial :=
  let d := degree x p in
  fold_right (fun m q => added (cleared_monomial x y d m) q) [] p.

Fixpoint vanishes (fuel : nat) (p : polynomial) : bool :=
  match fuel, p with
  | _, [] => true
  | O, _ => false
  | S fuel, _ =>
      match flat_map outer_inverses p with
      | Inv y :: _ => vanishes fuel (settled [] 4 (of_polynomial (cleared (Inv y) y p)))
      | _ => false
      end
  end.

End Normal_form.

(** Facts in the form in which terms are looked for among them. *)

Definition monic (p : polynomial) : polynomial := scaled (Qinv (lead p)) p.

Definition prepared_fact (sign : bool) (sort : nat -> nat) (known : facts) (f : fact) : list fact :=
  let p := settled true sort known (prefix f) 4 (subject f) in
  if Qeq_bool (lead p) 0 then [f]
  else [f; Fact (prefix f) (of_polynomial p);
        Fact (prefix f) (of_polynomial (if sign then without_size p else monic p))].

(** Each fact is put into normal form by what the others tell. *)
Definition prepared (sort : nat -> nat) (known : facts) : facts :=
  Facts (flat_map (prepared_fact false sort known) (nonzero known))
        (flat_map (prepared_fact true sort known) (positive known))
        (flat_map (prepared_fact true sort known) (nonnegative known))
        (orthonormal known).

Definition ROUNDS := 8.

Definition prepared_twice (sort : nat -> nat) (known : facts) : facts :=
  let once := prepared sort known in
  Facts (flat_map (prepared_fact false sort once) (nonzero known))
        (flat_map (prepared_fact true sort once) (positive known))
        (flat_map (prepared_fact true sort once) (nonnegative known))
        (orthonormal known).

Definition equal (strong : bool) (sort : nat -> nat) (known : facts) (t u : term) : bool :=
  same t u ||
  (let known := prepared_twice sort known in
   vanishes strong sort known ROUNDS (settled strong sort known [] ROUNDS (Sub t u))).

(** A monomial in a form of its own: deltas, sums of ones and cancelled factors gone, everything else in one order.

    What is done depends on facts, each of which says that a term differs from 0 for all values of the indices in its
    prefix. Every step keeps the value; that different forms have different values is claimed of nothing. *)

From Coq Require Import List ZArith QArith Bool PeanoNat.
From Kernel Require Import terms monomials.
Import ListNotations.
Local Open Scope nat_scope.

(** Axes of the innermost indices, and a term in these and in the free ones. *)
Record fact : Set := Fact { prefix : list nat; subject : term }.

(** A family of two indices whose rows are orthonormal, over the sum in the first place or in the second. *)
Record orthonormal_rows : Set := Rows { family : nat; summed_first : bool; rows : nat; columns : nat }.

Section Simplify.

Variable sort : nat -> nat. (* the axis of each free index *)
Variable nonzero : list fact.
Variable orthonormal : list orthonormal_rows.

Definition sort_inside (b : list nat) (k : nat) : nat :=
  match nth_error b k with Some a => a | None => sort (k - length b) end.

(** The indices for which a fact would speak of a term, if any. *)
Fixpoint found (k : nat) (pairs : list (nat * nat)) : nat :=
  match pairs with
  | [] => O
  | (i, j) :: pairs => if i =? k then j else found k pairs
  end.

Definition assignment (n d : nat) (pairs : list (nat * nat)) (k : nat) : nat :=
  if k <? n then found k pairs else d + (k - n).

Definition speaks_of (b : list nat) (x : term) (known : fact) : bool :=
  let n := length (prefix known) in
  let f := assignment n (length b) (combine (indices (subject known)) (indices x)) in
  same x (rename f (subject known)) &&
  forallb (fun k => match nth_error (prefix known) k with Some a => sort_inside b (f k) =? a | None => true end) (seq 0 n).

Fixpoint differs (b : list nat) (x : term) : bool :=
  match x with
  | Size _ => true
  | Apply O _ => true
  | Product a y => differs (a :: b) y
  | _ => existsb (speaks_of b x) nonzero
  end.

(** Factors. *)

Fixpoint without (x : term) (l : list term) : option (list term) :=
  match l with
  | [] => None
  | y :: l => if same x y then Some l else match without x l with Some r => Some (y :: r) | None => None end
  end.

(** Factors that are inverses come last, after all that they may cancel. *)
Fixpoint cancelled (b : list nat) (done l : list term) : list term :=
  match l with
  | [] => done
  | t :: l =>
      match t with
      | Inv x =>
          match without x done with
          | Some r => if differs b x then cancelled b r l else cancelled b (t :: done) l
          | None => cancelled b (t :: done) l
          end
      | _ => cancelled b (t :: done) l
      end
  end.

Fixpoint numbers_in (l : list term) : Q :=
  match l with
  | [] => 1%Q
  | Num q :: l => Qred (q * numbers_in l)
  | _ :: l => numbers_in l
  end.

Definition is_number (t : term) : bool := match t with Num _ => true | _ => false end.
Definition is_trivial_delta (t : term) : bool := match t with Delta i j => i =? j | _ => false end.

Fixpoint inserted (t : term) (l : list term) : list term :=
  match l with
  | [] => [t]
  | u :: r => match compare t u with Gt => u :: inserted t r | _ => t :: l end
  end.

Definition sorted (l : list term) : list term := fold_right inserted [] l.

Definition is_inverse (t : term) : bool := match t with Inv _ => true | _ => false end.

(** The smaller index of a delta comes first. *)
Definition oriented (t : term) : term := match t with Delta i j => Delta (Nat.min i j) (Nat.max i j) | _ => t end.

Definition tidied (b : list nat) (m : monomial) : monomial :=
  let l := filter (fun t => negb (is_trivial_delta t)) (factors m) in
  let plain := filter (fun t => negb (is_number t)) l in
  let ordered := filter (fun t => negb (is_inverse t)) plain ++ filter is_inverse plain in
  Monomial (Qred (coefficient m * numbers_in l)) (bound m) (cancelled (bound m ++ b) [] ordered).

(** The innermost sum: of something that it does not speak of, or with a delta in it. *)

Fixpoint delta_with_innermost (sorts : nat -> nat) (a : nat) (l : list term) : option (nat * list term) :=
  match l with
  | [] => None
  | t :: l =>
      let next := match delta_with_innermost sorts a l with Some (j, r) => Some (j, t :: r) | None => None end in
      match t with
      | Delta O (S j) | Delta (S j) O => if sorts j =? a then Some (j, l) else next
      | _ => next
      end
  end.

Definition put_innermost (j k : nat) : nat := match k with O => j | S k => k end.

Fixpoint first_some {A B : Type} (f : A -> option B) (l : list A) : option B :=
  match l with
  | [] => None
  | a :: l => match f a with Some x => Some x | None => first_some f l end
  end.

(** [sum_k w(i, k) w(j, k)] is a delta, where nothing else speaks of [k]. *)

Definition row_of (known : orthonormal_rows) (t : term) : option nat :=
  match t with
  | Entry l [i; j] =>
      if l =? family known then
        match summed_first known, i, j with true, O, S r | false, S r, O => Some r | _, _, _ => None end
      else None
  | _ => None
  end.

Definition contracts (sorts : nat -> nat) (a : nat) (l : list term) (known : orthonormal_rows) : option (nat * nat) :=
  match filter (mentions 0) l with
  | [t; u] =>
      match row_of known t, row_of known u with
      | Some i, Some j =>
          if (columns known =? a) && (sorts i =? rows known) && (sorts j =? rows known) then Some (i, j) else None
      | _, _ => None
      end
  | _ => None
  end.

Definition sum_eliminated (b : list nat) (m : monomial) : option monomial :=
  match bound m with
  | [] => None
  | a :: r =>
      let sorts := sort_inside (r ++ b) in
      if existsb (mentions 0) (factors m) then
        match delta_with_innermost sorts a (factors m) with
        | Some (j, rest) => Some (Monomial (coefficient m) r (map (rename (put_innermost j)) rest))
        | None =>
            match first_some (contracts sorts a (factors m)) orthonormal with
            | Some (i, j) =>
                Some (Monomial (coefficient m) r
                  (Delta i j :: map (rename pred) (filter (fun t => negb (mentions 0 t)) (factors m))))
            | None => None
            end
        end
      else Some (Monomial (coefficient m) r (Size a :: map (rename pred) (factors m)))
  end.

Fixpoint without_sums (fuel : nat) (b : list nat) (m : monomial) : monomial :=
  match fuel with
  | O => m
  | S fuel =>
      match first_some (fun p => sum_eliminated b (front p m)) (seq 0 (length (bound m))) with
      | Some n => without_sums fuel b (tidied b n)
      | None => m
      end
  end.

(** A delta that stays: the other factors speak of the smaller of its indices alone. *)
Definition merged (i j k : nat) : nat := if k =? Nat.max i j then Nat.min i j else k.

Fixpoint spread (fuel : nat) (done l : list term) : list term :=
  match fuel, l with
  | S fuel, Delta i j :: l => spread fuel (Delta i j :: map (rename (merged i j)) done) (map (rename (merged i j)) l)
  | S fuel, t :: l => spread fuel (t :: done) l
  | _, _ => done ++ l
  end.

(** An order of the bound indices that depends on their roles alone, where roles tell them apart. *)

Definition role (n v k : nat) : nat := if k =? v then 0 else if k <? n then 1 else k.

Definition key (m : monomial) (v : nat) : nat * list term :=
  (nth v (bound m) 0,
   sorted (map (fun t => oriented (rename (role (length (bound m)) v) t)) (filter (mentions v) (factors m)))).

Definition compare_key (x y : nat * list term) : comparison :=
  lex (Nat.compare (fst x) (fst y)) (compare_list compare (snd x) (snd y)).

Fixpoint placed (x : nat * (nat * list term)) (groups : list (list (nat * (nat * list term)))) :
  list (list (nat * (nat * list term))) :=
  match groups with
  | [] => [[x]]
  | (y :: g) :: rest =>
      match compare_key (snd x) (snd y) with
      | Eq => (x :: y :: g) :: rest
      | Lt => [x] :: groups
      | Gt => (y :: g) :: placed x rest
      end
  | [] :: rest => placed x rest
  end.

Definition groups (m : monomial) : list (list nat) :=
  map (map fst) (fold_right placed [] (map (fun v => (v, key m v)) (seq 0 (length (bound m))))).

Fixpoint everywhere (x : nat) (l : list nat) : list (list nat) :=
  match l with
  | [] => [[x]]
  | y :: r => (x :: l) :: map (cons y) (everywhere x r)
  end.

Definition permutations (l : list nat) : list (list nat) :=
  fold_right (fun x found => flat_map (everywhere x) found) [[]] l.

Definition orders (m : monomial) : list (list nat) :=
  fold_right (fun g rest => flat_map (fun p => map (app p) rest) (permutations g)) [[]] (groups m).

(** Bring the bound indices to the front one after the other, so that the last one of the list comes to stand first. *)
Fixpoint arranged (fuel : nat) (order : list nat) (m : monomial) : monomial :=
  match fuel, order with
  | S fuel, p :: rest => arranged fuel (map (to_front p) rest) (front p m)
  | _, _ => m
  end.

Definition in_order (m : monomial) : monomial := Monomial (coefficient m) (bound m) (sorted (map oriented (factors m))).

Definition compare_monomial (m n : monomial) : comparison :=
  lex (compare_list Nat.compare (bound m) (bound n)) (compare_list compare (factors m) (factors n)).

(** Roles that are alike are tried in every order, though not in more than so many; the least writing is taken. *)
Definition MOST_ORDERS := 720.

Definition written (m : monomial) (order : list nat) : monomial := in_order (arranged (length order) order m).

Definition canonical (m : monomial) : monomial :=
  match firstn MOST_ORDERS (orders m) with
  | [] => in_order m
  | order :: others =>
      fold_left
        (fun best order => match compare_monomial (written m order) best with Lt => written m order | _ => best end)
        others (written m order)
  end.

Definition simplified (b : list nat) (m : monomial) : monomial :=
  let m := tidied b m in
  let m := without_sums (length (bound m)) b m in
  let m := tidied b (Monomial (coefficient m) (bound m) (spread (length (factors m)) [] (factors m))) in
  canonical m.

End Simplify.
